package dev.statelessmcp.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolException;
import dev.statelessmcp.tool.ToolResult;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of which CloudWatch makes metrics, by the rules of the embedded metric format. */
class EmbeddedMetricsTest {
  private static final Set<String> UNITS = Set.of("Count", "Milliseconds");
  private static final String OBJECT = "{\"type\":\"object\"}";

  private final TestContext context = new TestContext();
  private final TestFunction function = new TestFunction(
      McpServer.named("t", "1")
          .observer(EmbeddedMetrics.inNamespace("Test"))
          .tool(Tool.ofSchema("ok", "", OBJECT, (in, call) -> ToolResult.text("x")))
          .tool(Tool.ofSchema("refuses", "", OBJECT, (in, call) -> {
            throw new ToolException("no");
          }))
          .tool(Tool.ofSchema("breaks", "", OBJECT, (in, call) -> {
            throw new IllegalStateException("boom");
          }))
          .build(),
      LambdaSettings.defaults());

  private JsonNode metrics() {
    List<TestContext.Line> lines =
        context.lines.stream().filter(line -> line.json().has("_aws")).toList();
    assertEquals(1, lines.size());
    assertEquals(LogLevel.UNDEFINED, lines.get(0).level(), "whatever level the log is set to");
    JsonNode line = lines.get(0).json();
    assertFollowsTheSpecification(line);
    return line;
  }

  private static void assertFollowsTheSpecification(JsonNode line) {
    JsonNode aws = line.get("_aws");
    long age = System.currentTimeMillis() - aws.get("Timestamp").longValue();
    assertTrue(age >= 0 && age < 600_000, "in milliseconds: " + aws);
    assertEquals(1, aws.get("CloudWatchMetrics").size());
    for (JsonNode directive : aws.get("CloudWatchMetrics")) {
      assertEquals("Test", directive.get("Namespace").textValue());
      for (JsonNode set : directive.get("Dimensions")) {
        assertTrue(set.size() <= 30);
        for (JsonNode name : set) {
          JsonNode value = line.path(name.textValue());
          assertTrue(value.isTextual(), name + " must be a string of the root");
          assertTrue(!value.textValue().isEmpty() && value.textValue().length() <= 1024);
        }
      }
      assertTrue(directive.get("Metrics").size() <= 100);
      for (JsonNode metric : directive.get("Metrics")) {
        assertTrue(metric.get("Name").textValue().length() <= 1024);
        assertTrue(UNITS.contains(metric.get("Unit").textValue()), metric::toString);
        assertTrue(line.path(metric.get("Name").textValue()).isNumber(), metric::toString);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"ok, 0", "refuses, 1", "breaks, 1"})
  void aCallIsCountedByItsTool(String tool, int errors) {
    function.invoke(Messages.call(1, tool, "{}"), context);
    JsonNode line = metrics();
    assertEquals("tools/call", line.get("Method").textValue());
    assertEquals(tool, line.get("Tool").textValue());
    assertEquals(
        "[[\"Method\"],[\"Method\",\"Tool\"]]",
        line.at("/_aws/CloudWatchMetrics/0/Dimensions").toString());
    assertEquals(1, line.get("Calls").intValue());
    assertEquals(errors, line.get("Errors").intValue());
    assertTrue(line.get("Duration").doubleValue() >= 0);
  }

  @Test
  void unknownToolMakesNoDimension() {
    function.invoke(Messages.call(1, "made-up", "{}"), context);
    JsonNode line = metrics();
    assertFalse(line.has("Tool"));
    assertFalse(line.toString().contains("made-up"));
    assertEquals(1, line.get("Errors").intValue());
    assertEquals(
        "[[\"Method\"]]", line.at("/_aws/CloudWatchMetrics/0/Dimensions").toString());
  }

  @Test
  void otherMethodIsCountedByItsName() {
    function.invoke(Messages.json("{'jsonrpc':'2.0','id':1,'method':'tools/list'}"), context);
    assertEquals("tools/list", metrics().get("Method").textValue());
    assertFalse(metrics().has("Tool"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "AWS/Lambda", "LONG"})
  void aNamespaceThatCloudWatchWouldNotTakeIsRefused(String namespace) {
    String name = namespace.equals("LONG") ? "n".repeat(256) : namespace;
    assertThrows(IllegalArgumentException.class, () -> EmbeddedMetrics.inNamespace(name));
  }
}
