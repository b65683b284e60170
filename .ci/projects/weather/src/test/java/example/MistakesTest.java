package example;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.jetty.McpHttpServer;
import dev.statelessmcp.lambda.LambdaSettings;
import dev.statelessmcp.lambda.McpLambdaHandler;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import example.WeatherServer.Booking;
import example.WeatherServer.Weather;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What is typed wrong in the first hour has a message that says what to do. */
class MistakesTest {
  private final McpTestClient client = McpTestClient.of(WeatherServer.create());

  record Unsupported(Thread thread) {}

  private static void assertSays(Executable mistake, String... parts) {
    String message = assertThrows(Throwable.class, mistake).toString();
    for (String part : parts) {
      assertTrue(message.contains(part), () -> "\"" + part + "\" is not in: " + message);
    }
  }

  @Test
  void addresses() throws Exception {
    try (McpHttpServer http = McpHttpServer.builder(WeatherServer.create()).port(0).start()) {
      McpTestClient overHttp = McpTestClient.http(http.uri());
      assertSays(
          () -> McpTestClient.http(http.uri().resolve("/wrong")).call("weather").isOk(),
          "HTTP status 404",
          "There is no MCP endpoint at /wrong; it is at /mcp");
      assertSays(() -> overHttp.header("Host", "a.example").call("weather"), "header Host");
      assertSays(() -> overHttp.caller(Caller.of("ann")), "send credentials in a header");
    }
    assertSays(() -> McpTestClient.http(URI.create("http://127.0.0.1:9/mcp")).call("weather"),
        "cannot be reached", "http://127.0.0.1:9/mcp", "ConnectException");
    assertSays(() -> McpTestClient.http(URI.create("localhost:9/mcp")),
        "url must be like http://127.0.0.1:8000/mcp, was localhost:9/mcp");
  }

  @Test
  void commands() {
    assertSays(() -> McpTestClient.stdio("no-such-command").call("weather"), "no-such-command");
    assertSays(
        () -> McpTestClient.stdio("sh", "-c", "echo no config >&2").call("weather"),
        "has ended its output",
        "no config");
    assertSays(
        () -> McpTestClient.stdio("sh", "-c", "echo Starting").call("weather"),
        "wrote a line that is not JSON: Starting");
  }

  @Test
  void calls() {
    assertSays(() -> client.call("wether").isOk(), "must have a result", "Unknown tool: wether");
    assertSays(
        () -> client.call("weather", Map.of("city", " ")).isOk(),
        "must not be a tool error, was: Which city? Say its name.");
    assertSays(() -> client.call("weather", "{city}"), "not JSON", "line 1, column 2");
    assertSays(() -> client.call("weather", "[]"), "expected a JSON object, was []");
    assertSays(
        () -> client.call("weather", Map.of("city", "Oslo"))
            .hasStructured(new Weather(20, List.of("sun"))),
        "structuredContent.temperature must be 20.0, was 21.5");
  }

  @Test
  void answers() {
    assertSays(
        () -> client.answers("bookings", new Booking(4)).call("book"),
        "the script has no answer (left): \"booking\"",
        "it has answers to [bookings]");
    assertSays(
        () -> client.answers("booking", new Booking(40)),
        "the record violates its own schema: Booking.seats must be from 1 to 8, was 40",
        "as a Map");
    client.answers("booking", new Booking(4)).call("book").hasText("Booked for 4"); // goes on
  }

  @Test
  void servers() {
    assertSays(
        () -> Tool.of("tool", "A tool", Unsupported.class, (in, call) -> ToolResult.text("")),
        "thread",
        "Thread");
    assertSays(
        () -> Tool.of("my tool", "A tool", Booking.class, (in, call) -> ToolResult.text("")),
        "my tool");
    Tool tool = Tool.of("tool", "A tool", Booking.class, (in, call) -> ToolResult.text(""));
    assertSays(() -> McpServer.named("twice", "1").tool(tool).tool(tool).build(), "tool");
    assertSays(
        () -> new McpLambdaHandler(
            McpServer.named("asks", "1").tool(tool.asks(QuestionKind.FORM)).build(),
            LambdaSettings.defaults()) {},
        "McpServer.Builder.stateKeys");
  }
}
