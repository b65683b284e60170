package dev.statelessmcp.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.extension.Extension;
import dev.statelessmcp.extension.ExtensionMethod;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.McpException;
import dev.statelessmcp.resource.Resource;
import dev.statelessmcp.testing.RecordedLog;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolException;
import dev.statelessmcp.tool.ToolResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a request goes to the log, and what never does. */
class LogLinesTest {
  private static final String OBJECT = "{\"type\":\"object\"}";
  private static final String SECRET = "hunter2";
  private static final String NO_OPERATION =
      "No operation: expected a JSON-RPC request, over HTTP in a POST";
  private static final List<String> MEMBERS = List.of(
      "timestamp",
      "level",
      "message",
      "AWSRequestId",
      "source",
      "method",
      "tool",
      "protocolVersion",
      "status",
      "durationMs");

  private static final McpServer SERVER = McpServer.named("t", "1")
      .tool(Tool.ofSchema("ok", "", OBJECT, (in, call) -> ToolResult.text(SECRET)))
      .tool(Tool.ofSchema("refuses", "", OBJECT, (in, call) -> {
        throw new ToolException(SECRET);
      }))
      .tool(Tool.ofSchema("denies", "", OBJECT, (in, call) -> {
        throw new McpException(-32099, SECRET);
      }))
      .tool(Tool.ofSchema("breaks", "", OBJECT, (in, call) -> {
        throw new IllegalStateException("boom");
      }))
      .tool(Tool.ofSchema("logs", "", OBJECT, (in, call) -> {
        Context context = call.attributes().get(Context.class).orElseThrow();
        context.getLogger().log("plain");
        context.getLogger().log("warned", LogLevel.WARN);
        return ToolResult.text(context.getAwsRequestId());
      }))
      .extension(Extension.builder("com.example/words")
          .method(
              ExtensionMethod.of("words/count", (params, call) -> Json.object()).nameMember("word"))
          .build())
      .resource(Resource.text("r:///" + SECRET, "r", "text/plain", SECRET))
      .build();
  private static final TestFunction FUNCTION = new TestFunction(SERVER, LambdaSettings.defaults());

  private final TestContext context = new TestContext();

  private static List<String> members(JsonNode line) {
    List<String> names = new ArrayList<>();
    line.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @ParameterizedTest
  @EnumSource(EventShape.class)
  void anOperationHasOneLineWithTheseMembersAndNoOthers(EventShape shape) {
    FUNCTION.invoke(Messages.event(shape, Messages.modern(Messages.call(1, "ok", "{}"))), context);
    JsonNode line = context.line();
    assertEquals(MEMBERS, members(line));
    assertEquals(LogLevel.INFO, context.lines.get(0).level());
    assertEquals("INFO", line.get("level").textValue());
    assertEquals("tools/call ok", line.get("message").textValue());
    assertEquals("request-1", line.get("AWSRequestId").textValue());
    assertEquals(shape.source().name(), line.get("source").textValue());
    assertEquals("2026-07-28", line.get("protocolVersion").textValue());
    assertEquals("ok", line.get("status").textValue());
    assertTrue(line.get("durationMs").isIntegralNumber());
  }

  @Test
  void nameOfAnExtensionsMethodIsNotThatOfAPrompt() {
    ObjectNode count = Messages.modern(Messages.call(1, "ok", "{}").put("method", "words/count"));
    ObjectNode params = ((ObjectNode) count.get("params")).put("word", "tree");
    params
        .withObjectProperty("_meta")
        .withObjectProperty("io.modelcontextprotocol/clientCapabilities")
        .withObjectProperty("extensions")
        .putObject("com.example/words");
    FUNCTION.invoke(count, context);
    JsonNode line = context.line();
    assertEquals("words/count tree", line.get("message").textValue());
    assertEquals("tree", line.path("name").textValue());
    assertEquals("ok", line.get("status").textValue());
    assertFalse(line.has("prompt"));
  }

  @Test
  void initializeIsLoggedWithTheVersionThatWasAgreedOn() {
    ObjectNode call = Messages.call(1, "ok", "{}").put("method", "initialize");
    call.set("params", Json.parse("""
        {"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"n","version":"1"}}"""));
    FUNCTION.invoke(Messages.event(EventShape.HTTP_API_2, call), context);
    assertEquals("2025-11-25", context.line().get("protocolVersion").textValue());
  }

  @ParameterizedTest
  @CsvSource({
    "refuses, WARN, tool_error, 0",
    "denies, WARN, error, -32099",
    "nobody, WARN, error, -32602"
  })
  void errorLineHasLevelAndCode(String tool, String level, String status, int code) {
    FUNCTION.invoke(Messages.call(1, tool, "{}"), context);
    JsonNode line = context.line();
    assertEquals(level, line.get("level").textValue());
    assertEquals(status, line.get("status").textValue());
    assertEquals(code, line.path("errorCode").intValue());
    assertEquals("DIRECT", line.get("source").textValue());
    assertFalse(Json.text(line).contains(SECRET));
  }

  @Test
  void internalErrorIsLoggedUnderItsReference() {
    JsonNode answer = FUNCTION.invoke(Messages.call(1, "breaks", "{}"), context);
    String message = answer.at("/error/message").textValue();
    String reference = message.substring(message.indexOf("ref ") + 4, message.length() - 1);
    JsonNode failure =
        context.lines("errorType", "java.lang.IllegalStateException").get(0);
    assertTrue(failure.get("message").textValue().contains("ref " + reference), message);
    assertEquals("boom", failure.get("errorMessage").textValue());
    assertTrue(failure.get("stackTrace").textValue().contains("LogLinesTest"));
    assertEquals("request-1", failure.get("AWSRequestId").textValue());
    assertEquals("ERROR", context.lines("status", "error").get(0).get("level").textValue());
    assertEquals(2, context.lines.size());
  }

  @Test
  void eachOperationOfABatchHasItsLine() {
    JsonNode batch = Json.array()
        .add(Messages.call(1, "ok", "{}"))
        .add(Messages.call(2, "refuses", "{}"))
        .add(5);
    FUNCTION.invoke(batch, context);
    assertEquals(1, context.lines("status", "ok").size());
    assertEquals(1, context.lines("status", "tool_error").size());
    assertEquals(2, context.lines.size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "GET|{}|WARN|405",
        "POST|x|WARN|400",
        "POST|[]|WARN|400",
        "POST|{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}|DEBUG|202"
      })
  void invocationWithoutOperationHasOneLine(String method, String body, String level, int status) {
    FUNCTION.invoke(EventShape.ALB.event(method, "/mcp", Messages.headers(), body), context);
    JsonNode line = context.line();
    assertEquals(NO_OPERATION, line.get("message").textValue());
    assertEquals(level, line.get("level").textValue());
    assertEquals(status, line.get("status").intValue());
  }

  /** A web page cannot read why it was refused: the log is where somebody finds out. */
  @ParameterizedTest
  @EnumSource(EventShape.class)
  void aRefusalSaysWhyUnlessItQuotesTheMessage(EventShape shape) {
    String call = Json.text(Messages.call(1, "ok", "{}"));
    FUNCTION.invoke(
        shape.event("POST", "/mcp", Messages.headers("Origin", "https://evil.example"), call),
        context);
    FUNCTION.invoke(shape.event("PUT", "/mcp", Messages.headers(), call), context);
    FUNCTION.invoke(
        shape.event("POST", "/mcp", Messages.headers(), "{\"jsonrpc\":\"" + SECRET + "\"}"),
        context);
    List<JsonNode> lines = context.lines("message", NO_OPERATION);
    assertEquals(3, lines.size());
    assertEquals(
        "The Origin header \"https://evil.example\" is not allowed; the setting is allowedOrigins",
        lines.get(0).path("reason").textValue());
    assertEquals(403, lines.get(0).get("status").intValue());
    assertEquals(-32600, lines.get(0).get("errorCode").intValue());
    assertTrue(lines.get(1).get("reason").textValue().startsWith("Method PUT is not allowed"));
    assertEquals(400, lines.get(2).get("status").intValue());
    assertEquals(-32600, lines.get(2).get("errorCode").intValue());
    assertFalse(lines.get(2).has("reason"));
  }

  @Test
  void aLongReasonIsCut() {
    String origin = "https://" + "o".repeat(5000);
    FUNCTION.invoke(
        EventShape.ALB.event("POST", "/mcp", Messages.headers("Origin", origin), "{}"), context);
    assertTrue(context.lines.get(0).text().length() < 700, context.lines.get(0).text());
  }

  @ParameterizedTest
  @EnumSource(EventShape.class)
  void dataOfTheCallerIsNeverLogged(EventShape shape) {
    String secret = "{'password':'hunter2'}";
    List<ObjectNode> messages = List.of(
        Messages.call(1, "ok", secret),
        Messages.call(2, "refuses", secret),
        Messages.call(3, "breaks", secret),
        Messages.call(4, "denies", secret),
        Messages.json("{'jsonrpc':'2.0','id':'hunter2','method':'hunter2'}"),
        Messages.json("{'jsonrpc':'2.0','id':1,'method':'resources/read',"
            + "'params':{'uri':'r:///hunter2','name':'hunter2'}}"),
        Messages.json("{'jsonrpc':'2.0','id':1,'method':'resources/read',"
            + "'params':{'uri':'r:///hunter2/no'}}"),
        Messages.json(
            "{'jsonrpc':'2.0','id':1,'method':'tools/list'," + "'params':{'cursor':'hunter2'}}"),
        Messages.json("{'jsonrpc':'2.0','method':'notifications/hunter2'}"));
    for (ObjectNode message : messages) {
      ObjectNode event = shape.event(
          "POST",
          "/mcp/" + SECRET,
          Messages.headers("Authorization", "Bearer " + SECRET, SECRET, SECRET, "Cookie", SECRET),
          Json.text(message));
      event
          .withObjectProperty("requestContext")
          .putObject("authorizer")
          .put("principalId", SECRET)
          .put("accessKey", SECRET);
      FUNCTION.invoke(event, context);
    }
    assertTrue(context.lines.size() > messages.size(), "each has a line, and failures another");
    for (TestContext.Line line : context.lines) {
      assertFalse(line.text().contains(SECRET), line.text());
    }
  }

  @Test
  void invalidNameIsEscaped() {
    FUNCTION.invoke(Messages.call(1, "x\n\u2028\u001b{\"level\":\"ERROR\"}", "{}"), context);
    String line = context.lines.get(0).text();
    assertEquals(1, line.strip().lines().count(), line);
    assertTrue(line.strip().chars().allMatch(c -> c >= ' ' && c < 0x7f), line);
    assertEquals(
        "x\\n\\u2028\\u001b{\"level\":\"ERROR\"}", context.line().get("tool").asText());
  }

  /** One setting for all transports: here it is on unless it is switched off. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void requestsAreLoggedUnlessTheServerSaysOtherwise(boolean on) {
    McpServer server = McpServer.named("t", "1")
        .requestLog(on)
        .tool(Tool.ofSchema("ok", "", OBJECT, (in, call) -> ToolResult.text("")))
        .tool(Tool.ofSchema("breaks", "", OBJECT, (in, call) -> {
          throw new IllegalStateException("boom");
        }))
        .build();
    TestFunction function = new TestFunction(server, LambdaSettings.defaults());
    try (RecordedLog other = RecordedLog.ofRequests()) {
      function.invoke(Messages.call(1, "ok", "{}"), context);
      function.invoke(Messages.json("{'key1':'value1'}"), context);
      assertEquals(on ? 2 : 0, context.lines.size());
      function.invoke(Messages.call(1, "breaks", "{}"), context);
      assertEquals(on ? 4 : 1, context.lines.size(), "a failure is always logged");
      assertEquals(List.of(), other.lines());
    }
  }

  @Test
  void anExhaustedHeapIsLoggedWithTheToolBeforeTheProcessIsReplaced() {
    McpServer server = McpServer.named("t", "1")
        .tool(Tool.ofSchema("memory", "", OBJECT, (in, call) -> {
          throw new OutOfMemoryError("not really");
        }))
        .build();
    TestFunction function = new TestFunction(server, LambdaSettings.defaults());
    for (ObjectNode event : List.of(
        Messages.call(1, "memory", "{}"),
        Messages.event(EventShape.HTTP_API_2, Messages.call(1, "memory", "{}")))) {
      context.lines.clear();
      assertThrows(OutOfMemoryError.class, () -> function.invoke(event, context));
      JsonNode failure =
          context.lines("errorType", "java.lang.OutOfMemoryError").get(0);
      assertTrue(
          failure.get("message").textValue().endsWith(": tools/call memory failed"),
          failure::toString);
      assertEquals("request-1", failure.get("AWSRequestId").textValue());
      assertEquals("memory", context.lines("status", "error").get(0).get("tool").textValue());
      assertEquals(2, context.lines.size());
    }
  }

  @Test
  void invalidNameIsCut() {
    FUNCTION.invoke(Messages.call(1, "n".repeat(100_000), "{}"), context);
    assertTrue(context.lines.get(0).text().length() < 700, context.lines.get(0).text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"JSON", "Text"})
  void linesOfHandlersHaveTheIdIfTheLogIsJson(String format) throws Exception {
    McpFunction function = new McpFunction(
        SERVER,
        LambdaSettings.defaults(),
        Map.of("AWS_LAMBDA_LOG_FORMAT", format),
        CallRunner.onKeptThreads());
    JsonNode call = Messages.call(1, "logs", "{}");
    JsonNode answer = function.serve(call, -1, Attributes.NONE, context, null).json();
    assertTrue(Json.text(answer).contains("request-1"));
    if (format.equals("JSON")) {
      JsonNode plain = context.lines("message", "plain").get(0);
      assertEquals("request-1", plain.get("AWSRequestId").textValue());
      JsonNode warned = context.lines("message", "warned").get(0);
      assertEquals("WARN", warned.get("level").textValue());
    } else {
      assertEquals("plain", context.lines.get(0).text());
    }
  }
}
