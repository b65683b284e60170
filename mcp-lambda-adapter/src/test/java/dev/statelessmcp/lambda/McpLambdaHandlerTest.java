package dev.statelessmcp.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.http.Authenticator;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.protocol.McpException;
import dev.statelessmcp.testing.SilentLog;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SilentLog.class)
class McpLambdaHandlerTest {
  private static final AtomicInteger CALLS = new AtomicInteger();
  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"%s\","
          + "\"arguments\":{\"message\":\"héllo €\"}}}";

  record Say(String message) {}

  private static final McpServer SERVER = McpServer.named("test", "1")
      .tool(Tool.of("echo", "", Say.class, (say, call) -> {
        CALLS.incrementAndGet();
        return ToolResult.text("Echo: " + say.message() + call.caller().principal());
      }))
      .tool(Tool.of("deep", "", Say.class, (say, call) -> ToolResult.text("" + deeper(1))))
      .tool(Tool.of("memory", "", Say.class, (say, call) -> {
        throw new OutOfMemoryError("not really");
      }))
      .build();

  private static int deeper(int depth) {
    return depth < 0 ? 0 : 1 + deeper(depth + 1);
  }

  private static Map<String, String> headers(String... more) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Host", "api.example.com");
    headers.put("Content-Type", "application/json");
    headers.put("Accept", "application/json, text/event-stream");
    for (int i = 0; i < more.length; i += 2) {
      headers.put(more[i], more[i + 1]);
    }
    return headers;
  }

  private static TestFunction at(String path) {
    return new TestFunction(SERVER, LambdaSettings.defaults().path(path));
  }

  private static int status(JsonNode answer) {
    return answer.get("statusCode").intValue();
  }

  @Test
  void warmUpRunsNoHandlerAndNoAuthenticator() {
    int before = CALLS.get();
    List<String> asked = new ArrayList<>();
    Authenticator authenticator = request -> {
      asked.add(request.path());
      return Authenticator.accepted(Caller.of("ann"));
    };
    TestFunction function =
        new TestFunction(SERVER, LambdaSettings.defaults().authenticator(authenticator));
    assertEquals(before, CALLS.get());
    assertEquals(List.of(), asked);
    JsonNode answer = function.invoke(
        EventShape.HTTP_API_2.event("POST", "/mcp", headers(), CALL.formatted("echo")));
    assertTrue(answer.get("body").textValue().contains("héllo €ann"), answer::toString);
  }

  @Test
  void aServerThatRefusesAnUnknownCallerStartsToo() {
    AtomicInteger refused = new AtomicInteger();
    McpServer server = McpServer.named("test", "1")
        .tool(Tool.of("echo", "", Say.class, (say, call) -> ToolResult.text("")))
        .interceptor((operation, next) -> {
          refused.incrementAndGet();
          throw new McpException(ErrorCode.INVALID_REQUEST, "Who are you?");
        })
        .build();
    TestFunction function = new TestFunction(server, LambdaSettings.defaults());
    assertEquals(0, refused.get());
    JsonNode answer = function.invoke(
        EventShape.HTTP_API_2.event("POST", "/mcp", headers(), CALL.formatted("echo")));
    assertTrue(answer.get("body").textValue().contains("Who are you?"), answer::toString);
    assertEquals(1, refused.get());
  }

  @Test
  void aServerWithoutToolsStartsToo() {
    assertNotNull(new TestFunction(McpServer.named("t", "1").build(), LambdaSettings.defaults()));
  }

  @ParameterizedTest
  @EnumSource(EventShape.class)
  void thePathIsFoundWithoutStageAndWithASlashAtItsEnd(EventShape shape) {
    for (String path : List.of("/echo/mcp", "/echo/mcp/")) {
      JsonNode answer =
          at("/echo/mcp").invoke(shape.event("POST", path, headers(), CALL.formatted("echo")));
      assertEquals(200, status(answer), answer::toString);
      assertTrue(answer.get("body").textValue().contains("Echo: héllo €"), answer::toString);
    }
  }

  @ParameterizedTest
  @EnumSource(EventShape.class)
  void anotherPathIsNotFoundAndSaysWhereTheEndpointIs(EventShape shape) {
    JsonNode answer =
        at("/echo/mcp").invoke(shape.event("POST", "/other", headers(), CALL.formatted("echo")));
    assertEquals(404, status(answer));
    assertTrue(answer.get("body").textValue().contains("/echo/mcp"), answer::toString);
  }

  @ParameterizedTest
  @EnumSource(EventShape.class)
  void cookiesAreAHeaderWhereverTheGatewayHasPutThem(EventShape shape) {
    List<String> seen = new ArrayList<>();
    Authenticator authenticator = request -> {
      seen.add(request.headers().get("Cookie").orElse(null));
      return Authenticator.accepted(Caller.ANONYMOUS);
    };
    TestFunction function =
        new TestFunction(SERVER, LambdaSettings.defaults().authenticator(authenticator));
    Map<String, String> headers = headers("Cookie", "a=1; session=x=y");
    ObjectNode event = shape.event("POST", "/mcp", headers, CALL.formatted("echo"));
    function.invoke(event);
    event.set("cookies", Json.array().add("a=1").addNull().add("session=x=y"));
    if (shape == EventShape.HTTP_API_2) { // as the local API of the SAM CLI has it
      event.withObjectProperty("headers").put("Cookie", "a=1; session=x=y");
    }
    function.invoke(event);
    function.invoke(shape.event("POST", "/mcp", headers(), CALL.formatted("echo")));
    assertEquals(Arrays.asList("a=1; session=x=y", "a=1; session=x=y", null), seen);
  }

  @Test
  void basePathOfACustomDomainIsRemoved() {
    ObjectNode event =
        EventShape.REST_API.event("POST", "/echo/mcp", headers(), CALL.formatted("echo"));
    event.put("resource", "/echo/mcp").put("path", "/tools/echo/mcp").putNull("pathParameters");
    assertEquals(200, status(at("/echo/mcp").invoke(event)));
  }

  @ParameterizedTest
  @EnumSource(EventShape.class)
  void pagesOfForeignOriginsAreRefusedAndThoseOfAllowedOnesMayReadTheAnswer(EventShape shape) {
    TestFunction function = new TestFunction(
        SERVER,
        LambdaSettings.defaults()
            .publicUrl("https://mcp.example.com/tools/echo/mcp")
            .allowedOrigins(List.of("https://app.example.com")));
    Map<String, Integer> origins = Map.of(
        "https://evil.example.com", 403,
        "null", 403,
        "https://api.example.com", 200, // the host's own
        "https://mcp.example.com", 200, // the public URL's
        "https://app.example.com", 200);
    origins.forEach((origin, status) -> {
      JsonNode answer = function.invoke(
          shape.event("POST", "/mcp", headers("Origin", origin), CALL.formatted("echo")));
      assertEquals(status, status(answer), origin);
      assertEquals(
          status == 200 ? origin : null, shape.headers(answer).get("access-control-allow-origin"));
    });
  }

  @ParameterizedTest
  @EnumSource(EventShape.class)
  void aPreflightIsAnsweredForAllowedOriginsOnly(EventShape shape) {
    TestFunction function = new TestFunction(
        SERVER, LambdaSettings.defaults().allowedOrigins(List.of("https://app.example.com")));
    JsonNode answer = function.invoke(shape.event(
        "OPTIONS",
        "/mcp",
        headers("Origin", "https://app.example.com", "Access-Control-Request-Method", "POST"),
        ""));
    assertEquals(204, status(answer));
    assertEquals("", answer.get("body").textValue());
    assertTrue(
        shape.headers(answer).get("access-control-allow-headers").contains("MCP-Protocol-Version"));
    JsonNode refused = function.invoke(shape.event(
        "OPTIONS",
        "/mcp",
        headers("Origin", "https://x.example", "Access-Control-Request-Method", "POST"),
        ""));
    assertEquals(403, status(refused));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theLoadBalancersHealthCheckIsAnswered(boolean multi) {
    EventShape shape = multi ? EventShape.ALB_MULTI_VALUE : EventShape.ALB;
    JsonNode answer = at("/echo/mcp")
        .invoke(shape.event("GET", "/", Map.of("user-agent", "ELB-HealthChecker/2.0"), ""));
    assertEquals(200, status(answer));
    assertEquals("200 OK", answer.get("statusDescription").textValue());
  }

  /** An event as a developer writes it to try a function. */
  @Test
  void theBodyOfATestEventMayBeJson() {
    ObjectNode event = EventShape.REST_API.event("POST", "/mcp", headers(), "");
    event.set("body", Json.parse("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}"));
    JsonNode answer = at(null).invoke(event);
    assertEquals(200, status(answer), answer::toString);
    assertEquals(
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}", answer.get("body").textValue());
  }

  @Test
  void anEventOfAConsoleTestHasNoHeadersAndNoBody() {
    ObjectNode event = EventShape.REST_API.event("POST", "/mcp", headers(), "");
    event.putNull("headers").putNull("multiValueHeaders").putNull("body");
    JsonNode answer = at(null).invoke(event);
    assertEquals(415, status(answer));
    assertTrue(answer.get("body").textValue().contains("Content-Type"), answer::toString);
  }

  @ParameterizedTest
  @EnumSource(EventShape.class)
  void bodyMustBeBase64(EventShape shape) {
    ObjectNode event = shape.event("POST", "/mcp", headers(), "x");
    JsonNode answer = at(null).invoke(shape.asBase64(event.put("body", "%%")));
    assertEquals(400, status(answer));
    assertTrue(answer.get("body").textValue().contains("-32700"), answer::toString);
  }

  @ParameterizedTest
  @EnumSource(EventShape.class)
  void aStackOverflowIsAnsweredAndTheNextCallServed(EventShape shape) {
    TestFunction function = at(null);
    JsonNode answer =
        function.invoke(shape.event("POST", "/mcp", headers(), CALL.formatted("deep")));
    assertEquals(200, status(answer));
    String body = answer.get("body").textValue();
    assertTrue(body.contains("-32603") && body.contains("Internal error (ref "), body);
    assertFalse(body.contains("StackOverflow"), body);
    assertEquals(
        200,
        status(function.invoke(shape.event("POST", "/mcp", headers(), CALL.formatted("echo")))));
  }

  @Test
  void anExhaustedHeapLeavesSoThatTheProcessIsReplaced() {
    ObjectNode event =
        EventShape.HTTP_API_2.event("POST", "/mcp", headers(), CALL.formatted("memory"));
    assertThrows(OutOfMemoryError.class, () -> at(null).invoke(event));
  }

  @Test
  void failingAuthenticatorIsAnInternalErrorInTheRightShape() {
    TestFunction function =
        new TestFunction(SERVER, LambdaSettings.defaults().authenticator(request -> {
          throw new StackOverflowError();
        }));
    JsonNode answer =
        function.invoke(EventShape.ALB.event("POST", "/mcp", headers(), CALL.formatted("echo")));
    assertEquals(500, status(answer));
    assertEquals(
        "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32603,\"message\":\"Internal error\"}}",
        answer.get("body").textValue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "[", "{\"hello\":\"world\"}", "5", "null", "[]", "[1]"})
  void garbageThatNamesNoSenderIsAnsweredInJsonRpc(String event) {
    JsonNode answer = at(null).invoke(event);
    JsonNode first = answer.isArray() ? answer.get(0) : answer;
    assertTrue(first.path("error").path("code").intValue() < -32000, answer::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Records\":[{\"eventSource\":\"aws:sqs\",\"body\":\"x\"}]}",
        "{\"requestContext\":{\"connectionId\":\"c\"},\"body\":\"x\"}"
      })
  void recordsOfAQueueMustNotBeAcknowledged(String event) {
    UnsupportedEventException e =
        assertThrows(UnsupportedEventException.class, () -> at(null).invoke(event));
    assertTrue(e.getMessage().contains("serves MCP"), e.getMessage());
  }

  @Test
  void aDirectNotificationIsAnsweredWithAnEmptyObject() {
    assertEquals(
        "{}",
        at(null)
            .invoke("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}")
            .toString());
  }

  @ParameterizedTest
  @EnumSource(EventShape.class)
  void progressThatWasAskedForComesWithTheAnswer(EventShape shape) {
    McpServer server = McpServer.named("t", "1")
        .tool(Tool.of("slow", "", Say.class, (say, call) -> {
          call.progress(1, 2, "half");
          return ToolResult.text("done");
        }))
        .build();
    String call =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"slow\","
            + "\"arguments\":{\"message\":\"\"},\"_meta\":{\"progressToken\":\"p\"}}}";
    JsonNode answer = new TestFunction(server, LambdaSettings.defaults())
        .invoke(shape.event("POST", "/mcp", headers(), call));
    assertEquals("text/event-stream", shape.headers(answer).get("content-type"));
    String body = answer.get("body").textValue();
    assertTrue(body.indexOf("notifications/progress") < body.indexOf("done"), body);
    assertTrue(body.indexOf("notifications/progress") > 0, body);
  }

  @Test
  void anEventThatIsUnderstoodIsAlwaysJson() {
    JsonNode answer = at(null).invoke(Json.parse(CALL.formatted("echo")));
    assertEquals(7, answer.get("id").intValue());
    assertEquals(
        "Echo: héllo €", answer.at("/result/content/0/text").textValue(), answer::toString);
  }
}
