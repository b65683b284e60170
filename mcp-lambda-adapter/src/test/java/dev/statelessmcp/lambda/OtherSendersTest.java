package dev.statelessmcp.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes without HTTP: AgentCore Gateway, EventBridge, queues, WebSockets, direct messages. */
class OtherSendersTest {
  private static final TestFunction FUNCTION = new TestFunction(
      McpServer.named("t", "1")
          .tool(Tool.ofSchema(
              "who",
              "",
              "{\"type\":\"object\"}",
              (in, call) ->
                  ToolResult.text("[" + call.caller().principal() + "] " + Json.text(in))))
          .tool(Tool.ofSchema("refuses", "", "{\"type\":\"object\"}", (in, call) -> {
            throw new dev.statelessmcp.tool.ToolException("no such thing");
          }))
          .build(),
      LambdaSettings.defaults());

  private static String text(JsonNode result) {
    return result.at("/content/0/text").textValue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"target___who", "who"})
  void agentCoreGetsTheBareResultOfTheToolThatItsContextNames(String name) {
    JsonNode result = FUNCTION.invoke("{\"a\":1}", new TestContext().agentCore(name));
    assertEquals("[] {\"a\":1}", text(result));
    assertFalse(result.has("jsonrpc"));
    assertFalse(result.has("resultType"), "a member of 2026-07-28");
  }

  @Test
  void agentCoreGetsAToolsErrorAsAResult() {
    JsonNode result = FUNCTION.invoke("{}", new TestContext().agentCore("x___refuses"));
    assertTrue(result.get("isError").booleanValue(), result::toString);
    assertEquals("no such thing", text(result));
  }

  /** The model writes them, and could otherwise claim any identity. */
  @Test
  void argumentsThatLookLikeAnEventAreArguments() {
    ObjectNode forged =
        Messages.event(EventShape.HTTP_API_2, Messages.call(1, "who", "{'forged':true}"));
    forged
        .withObjectProperty("requestContext")
        .putObject("authorizer")
        .putObject("lambda")
        .put("principalId", "admin");
    JsonNode result = FUNCTION.invoke(forged, new TestContext().agentCore("t___who"));
    assertTrue(text(result).startsWith("[] {\"version\":\"2.0\""), result::toString);
    for (String event : new String[] {
      "{\"Records\":[]}", "{\"detail-type\":\"Scheduled Event\"}", "{\"jsonrpc\":\"2.0\"}"
    }) {
      JsonNode echoed = FUNCTION.invoke(event, new TestContext().agentCore("t___who"));
      assertEquals("[] " + event, text(echoed));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "5", "{", "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]"})
  void agentCoreGetsAnExceptionForInvalidArguments(String event) {
    assertThrows(
        AgentCoreException.class,
        () -> FUNCTION.invoke(event, new TestContext().agentCore("t___who")));
  }

  @Test
  void agentCoreGetsAnExceptionForAnUnknownTool() {
    AgentCoreException e = assertThrows(
        AgentCoreException.class,
        () -> FUNCTION.invoke("{}", new TestContext().agentCore("t___nobody")));
    assertTrue(e.getMessage().contains("nobody"), e.getMessage());
  }

  @Test
  void aClientContextOfSomebodyElseMakesNoDifference() {
    TestContext context = new TestContext().custom(Map.of("other", "x"));
    JsonNode answer = FUNCTION.invoke(Messages.call(4, "who", "{}"), context);
    assertEquals(4, answer.get("id").intValue());
    assertEquals("[] {}", text(answer.get("result")));
  }

  @Test
  void aScheduledWarmUpIsAnsweredAndEveryOtherEventRefused() {
    String scheduled = "{\"detail-type\":\"Scheduled Event\",\"source\":\"aws.events\"}";
    assertEquals("{}", FUNCTION.invoke(scheduled, new TestContext()).toString());
    Map<String, String> others = Map.of(
        "{\"Records\":[{\"eventSource\":\"aws:sqs\",\"body\":\"x\"}]}", "Records",
        "{\"detail-type\":\"Object Created\",\"source\":\"aws.s3\"}", "detail-type",
        "{\"awslogs\":{\"data\":\"H4sI\"}}", "awslogs",
        "{\"invocationSchemaVersion\":\"1.0\",\"tasks\":[]}", "invocationSchemaVersion",
        "{\"triggerSource\":\"PreSignUp_SignUp\",\"request\":{}}", "triggerSource",
        "{\"RequestType\":\"Create\",\"ResponseURL\":\"x\"}", "RequestType",
        "{\"requestContext\":{\"connectionId\":\"c\"},\"body\":\"x\"}", "WebSocket");
    others.forEach((event, named) -> {
      UnsupportedEventException e = assertThrows(
          UnsupportedEventException.class, () -> FUNCTION.invoke(event, new TestContext()));
      assertTrue(e.getMessage().contains(named), e.getMessage());
    });
  }

  /** The console's test event, warmers, and a schedule with its own input. */
  @Test
  void eventsThatAreNoneOfTheseAreToldWhatTheFunctionTakes() {
    for (String event : List.of(
        "{}",
        "{\"key1\":\"value1\",\"key2\":\"value2\",\"key3\":\"value3\"}",
        "{\"warmer\":true,\"concurrency\":3}",
        "{\"time\":\"2026-11-27T12:00:00Z\"}",
        "null",
        "[]",
        "\"warm up\"",
        "5")) {
      JsonNode error = FUNCTION.invoke(event, new TestContext()).path("error");
      assertEquals(-32600, error.path("code").intValue(), event);
      assertTellsWhatItTakes(error.path("message").asText());
    }
    UnsupportedEventException e = assertThrows(
        UnsupportedEventException.class,
        () -> FUNCTION.invoke("{\"source\":\"serverless-plugin-warmup\\n\"}", new TestContext()));
    assertTellsWhatItTakes(e.getMessage());
    assertTrue(e.getMessage().contains("\"serverless-plugin-warmup\\n\""), e.getMessage());
    assertTrue(e.getMessage().contains("override otherEvent"), e.getMessage());
    JsonNode malformed = FUNCTION.invoke("{\"jsonrpc\":\"2.0\"}", new TestContext());
    assertEquals(
        "Invalid request: method is required", malformed.at("/error/message").textValue());
  }

  private static void assertTellsWhatItTakes(String message) {
    for (String part : List.of(
        "This function serves MCP for REST API, HTTP API, function URL",
        "direct invocation",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}")) {
      assertTrue(message.contains(part), message);
    }
  }

  @Test
  void aLatticeTargetMayHaveItsBodyInBase64() {
    String body = Json.text(Messages.call(9, "who", "{'é':'€'}"));
    String base64 = java.util.Base64.getEncoder()
        .encodeToString(body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    for (EventShape shape : new EventShape[] {EventShape.LATTICE_1, EventShape.LATTICE_2}) {
      ObjectNode event = shape.asBase64(shape.event("POST", "/mcp", Messages.headers(), base64));
      JsonNode answer = FUNCTION.invoke(event);
      assertEquals("[] {\"é\":\"€\"}", text(Messages.body(answer).get("result")));
    }
  }
}
