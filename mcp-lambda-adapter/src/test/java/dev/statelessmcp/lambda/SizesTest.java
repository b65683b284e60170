package dev.statelessmcp.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.json.JsonLimits;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers and requests that are as large as they may be, and those that are larger by one. */
class SizesTest {
  private static final McpServer SERVER = McpServer.named("t", "1")
      .tool(Tool.ofSchema(
          "fill",
          "",
          "{\"type\":\"object\"}",
          (in, call) ->
              ToolResult.text(in.get("with").textValue().repeat(in.get("times").intValue()))))
      .build();
  private static final TestFunction FUNCTION = new TestFunction(SERVER, LambdaSettings.defaults());

  private static ObjectNode fill(String with, long times) {
    ObjectNode call = Messages.call(77, "fill", "{}");
    call.withObjectProperty("params")
        .withObjectProperty("arguments")
        .put("with", with)
        .put("times", times);
    return call;
  }

  private static JsonNode invoke(EventShape shape, ObjectNode call) {
    return FUNCTION.invoke(shape == null ? call : Messages.event(shape, call), new TestContext());
  }

  private static void assertTooLarge(JsonNode message) {
    assertEquals(77, message.get("id").intValue());
    assertEquals(-32603, message.at("/error/code").intValue());
    String text = message.at("/error/message").textValue();
    assertTrue(text.contains("too large") && text.contains("request less data"), text);
  }

  @ParameterizedTest
  @CsvSource({"REST_API, 6291456", "ALB, 1048576", ", 6291456"})
  void anAnswerThatIsTooLargeIsInTheLogAsAnError(EventShape shape, int limit) {
    TestContext context = new TestContext();
    ObjectNode call = fill("x", 7 << 20);
    FUNCTION.invoke(shape == null ? call : Messages.event(shape, call), context);
    assertEquals(2, context.lines.size());
    assertEquals("ok", context.lines.get(0).json().get("status").textValue());
    JsonNode line = context.lines.get(1).json();
    assertEquals("ERROR", line.get("level").textValue());
    assertEquals("request-1", line.get("AWSRequestId").textValue());
    assertEquals(limit, line.get("limit").intValue());
    assertTrue(line.get("bytes").intValue() > limit, line::toString);
  }

  /** The size as the service counts it: the JSON of the whole answer, with its escapes. */
  @ParameterizedTest
  @CsvSource({
    "REST_API, 6, x", "REST_API, 6, q", "REST_API, 6, é", "HTTP_API_2, 6, c", "LATTICE_2, 6, n",
    "ALB, 1, x", "ALB, 1, q", "ALB, 1, c", "ALB_MULTI_VALUE, 1, x", "ALB_MULTI_VALUE, 1, n",
    "ALB_MULTI_VALUE, 1, é", ", 6, x", ", 6, q"
  })
  void anAnswerGetsThroughIfItFits(EventShape shape, int mebibytes, String name) {
    String with = switch (name) {
      case "q" -> "\"";
      case "c" -> "\u0001";
      case "n" -> "\n";
      default -> name;
    };
    int most = mebibytes << 20;
    int one = Json.write(invoke(shape, fill(with, 1))).length;
    int each = Json.write(invoke(shape, fill(with, 2))).length - one;
    int fits = 1 + (most - one) / each;

    JsonNode largest = invoke(shape, fill(with, fits));
    int size = Json.write(largest).length;
    assertTrue(size <= most && size > most - each, () -> size + " bytes");
    JsonNode message = shape == null ? largest : Messages.body(largest);
    assertEquals(fits, message.at("/result/content/0/text").textValue().length());

    JsonNode refused = invoke(shape, fill(with, fits + 1));
    assertTooLarge(shape == null ? refused : Messages.body(refused));
  }

  @Test
  void aWebPageMayReadThatItsAnswerWasTooLarge() {
    String origin = "https://api.example.com";
    ObjectNode event = EventShape.ALB.event(
        "POST", "/mcp", Messages.headers("Origin", origin), Json.text(fill("x", 2 << 20)));
    JsonNode answer = FUNCTION.invoke(event, new TestContext());
    assertTooLarge(Messages.body(answer));
    assertEquals(origin, EventShape.ALB.headers(answer).get("access-control-allow-origin"));
  }

  @Test
  void agentCoreGetsAnExceptionForAResultThatIsTooLarge() {
    AgentCoreException e = assertThrows(
        AgentCoreException.class,
        () -> FUNCTION.invoke(
            "{\"with\":\"x\",\"times\":7000000}", new TestContext().agentCore("t___fill")));
    assertTrue(e.getMessage().contains("too large"), e.getMessage());
  }

  @Test
  void eachRequestOfABatchHearsThatItIsTooLarge() {
    JsonNode answers = FUNCTION.invoke(
        Json.array().add(fill("x", 4 << 20)).add(fill("x", 4 << 20)), new TestContext());
    assertEquals(2, answers.size());
    answers.forEach(SizesTest::assertTooLarge);
  }

  @ParameterizedTest
  @EnumSource(EventShape.class)
  void aRequestOverTheLimitIsRefusedAndOneAtTheLimitServed(EventShape shape) {
    ObjectNode call = fill("é", 1);
    int size = Json.write(call).length;
    for (int limit : List.of(size, size - 1)) {
      TestFunction function = new TestFunction(
          SERVER, LambdaSettings.defaults().limits(JsonLimits.DEFAULT.withMaxBytes(limit)));
      JsonNode answer = function.invoke(Messages.event(shape, call), new TestContext());
      assertEquals(limit == size ? 200 : 413, answer.get("statusCode").intValue());
      assertEquals(limit < size, answer.get("body").textValue().contains(limit + " bytes"));
      JsonNode direct = function.invoke(call, new TestContext());
      assertEquals(limit < size, direct.has("error"), direct::toString);
      assertEquals(77, direct.get("id").intValue());
    }
  }
}
