package dev.statelessmcp.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.input.Question;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.protocol.LogLevel;
import dev.statelessmcp.protocol.McpException;
import dev.statelessmcp.subscription.ChangeEvent;
import dev.statelessmcp.subscription.ChangeFeed;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolException;
import dev.statelessmcp.tool.ToolResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What a developer reads when an assertion fails: what was expected, what came, and the wire. */
class FailureMessagesTest {
  record Place(String city) {}

  record Weather(double degrees, List<String> warnings) {}

  record Name(String name) {}

  record Pair<A, B>(A first, B second) {}

  private static final Map<String, String> OSLO = Map.of("city", "Oslo");

  private final ChangeFeed feed = ChangeFeed.inProcess();
  private final McpTestClient client = McpTestClient.of(McpServer.named("test", "1")
      .changes(feed)
      .tool(Tool.of("weather", "Weather", Place.class, Weather.class, (in, call) -> {
        call.progress(1, 2, "half");
        return new Weather(21.5, List.of("rain"));
      }))
      .tool(
          Tool.of("text", "Text", Place.class, (in, call) -> ToolResult.text("a\nb " + in.city())))
      .tool(Tool.of("fail", "Fails", Place.class, (in, call) -> {
        throw new ToolException("no such city");
      }))
      .tool(Tool.of("limit", "Is limited", Place.class, (in, call) -> {
        throw new McpException(429, "too much");
      }))
      .tool(Tool.of(
              "ask",
              "Asks",
              Place.class,
              (in, call) -> ToolResult.text(
                  call.ask("who", Question.form("Your name?", Name.class)).name()))
          .asks(QuestionKind.FORM))
      .build());

  /** The message up to the transcript, which must be there. */
  private static void assertSays(String expected, Executable assertion) {
    String message = assertThrows(AssertionError.class, assertion).getMessage();
    int wire = message.indexOf("\n\nTranscript (");
    assertTrue(wire > 0, message);
    assertTrue(message.indexOf("--> {", wire) > 0, message);
    assertTrue(message.indexOf("<-- {", wire) > 0, message);
    assertEquals(expected, message.substring(0, wire));
  }

  @Test
  void results() {
    TestAnswer text = client.call("text", OSLO);
    TestAnswer failed = client.call("fail", OSLO);
    TestAnswer error = client.call("limit", OSLO);
    String json = error.toString();
    assertSays("the text must be\na\nwas\na\nb Oslo", () -> text.hasText("a"));
    assertSays(
        "the text must contain \"moon\", was\na\nb Oslo",
        () -> text.hasTextContaining("a", "moon"));
    assertSays("the answer must not be a tool error, was: no such city", failed::isOk);
    assertSays("the answer must not be a tool error, was: no such city", () -> failed.hasText("a"));
    assertSays("the answer must have a result, was " + json, error::isOk);
    assertSays("the answer must have a result, was " + json, error::isResult);
    assertSays("the answer must be a tool error, was: a\nb Oslo", text::hasToolError);
    assertSays(
        "the tool error must contain \"disk\", was\nno such city",
        () -> failed.hasToolError("disk"));
    assertSays("the answer must have a result, was " + json, error::hasToolError);
    assertSays("the answer must be an error, was " + text, () -> text.hasError(429));
    assertSays(
        "the code must be 430, was {\"code\":429,\"message\":\"too much\"}",
        () -> error.hasError(430));
    assertSays("the error must contain \"disk\", was\ntoo much", () -> error.hasError(429, "disk"));
    assertSays(
        "the error must say \"arguments.town is required\", was\n"
            + "Invalid arguments for tool text: arguments.city is required",
        () -> client.call("text").hasErrorAt("arguments.town", "is required"));
    assertSays("the HTTP status must be 200, but there was no HTTP", () -> text.hasStatus(200));
  }

  @Test
  void structuredContent() {
    TestAnswer weather = client.call("weather", OSLO);
    assertSays(
        "structuredContent.degrees must be 20.0, was 21.5\n"
            + "structuredContent.warnings[1] must be \"sun\", was missing",
        () -> weather.hasStructured(new Weather(20, List.of("rain", "sun"))));
    assertSays(
        "structuredContent.x must be 1, was missing\n"
            + "structuredContent.warnings must not exist, was [\"rain\"]",
        () -> weather.hasStructured("{\"degrees\":21.5,\"x\":1}"));
    assertSays(
        "there is no structured content", () -> client.call("text", OSLO).hasStructured("{}"));
    assertSays(
        "not a Name: structuredContent.name is required; structuredContent.degrees is not known;"
            + " known are name; structuredContent.warnings is not known; known are name",
        () -> weather.structured(Name.class));
    assertSays(
        "result.structuredContent.degrees must be 3, was 21.5",
        () -> weather.has("/structuredContent/degrees", 3));
    assertSays(
        "/structuredContent/degrees must not exist, was 21.5",
        () -> weather.has("/structuredContent/degrees", null));
    assertEquals(
        "Pair is generic, and its type arguments are not known; pass JSON or a Map",
        assertThrows(
                IllegalArgumentException.class, () -> weather.hasStructured(new Pair<>(1, "a")))
            .getMessage());
  }

  @Test
  void whatCameBeforeTheAnswer() {
    TestAnswer weather = client.call("weather", OSLO);
    assertSays("the progress must be [all], was [half]", () -> weather.hasProgress("all"));
    assertSays("the progress must be [1.0, 2.0], was [1.0]", () -> weather.hasProgressValues(1, 2));
    assertSays(
        "a log message of level info must contain \"x\", were []",
        () -> weather.hasLog(LogLevel.INFO, "x"));
    assertSays("the questions must be [Name?], were []", () -> weather.hasAsked("Name?"));
    assertSays(
        "no progress \"all\" came", () -> client.start("weather", OSLO).awaitProgress("all"));
    assertSays(
        "The server asked, and the script has no answer (left): \"who\" (elicitation/create)"
            + " {\"message\":\"Your name?\",\"requestedSchema\":{\"type\":\"object\",\"properties\":"
            + "{\"name\":{\"type\":\"string\"}},\"required\":[\"name\"]}}; it has answers to [whom]",
        () -> client.answers("whom", new Name("Ann")).call("ask", OSLO));
  }

  @Test
  void subscriptionsAndTasks() {
    assertSays(
        "result.resultType must be \"task\", was \"complete\"",
        () -> client.startTask("text", OSLO));
    try (TestSubscription tools =
        client.listen(ChangeEvent.toolsChanged(), ChangeEvent.resourcesChanged())) {
      feed.publish(ChangeEvent.toolsChanged());
      String message = assertThrows(
              AssertionError.class, () -> tools.receives(ChangeEvent.resourcesChanged()))
          .getMessage();
      assertTrue(
          message.contains(
              "was {\"jsonrpc\":\"2.0\",\"method\":" + "\"notifications/tools/list_changed\""),
          message);
      assertTrue(message.startsWith("the next change must be "), message);
    }
  }
}
