package dev.statelessmcp.examples.echo;

import static dev.statelessmcp.examples.echo.FeatureSnippets.asking;
import static dev.statelessmcp.examples.echo.ToolSnippets.typed;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.examples.echo.FeatureSnippets.Booking;
import dev.statelessmcp.examples.echo.ToolSnippets.Weather;
import dev.statelessmcp.lambda.test.LambdaEvent;
import dev.statelessmcp.lambda.test.LambdaTransport;
import dev.statelessmcp.test.McpTestClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The README's tests of tools. */
class WeatherTest {
  McpServer server = McpServer.named("test", "1").tool(typed()).tool(asking()).build();

  @Test
  void toolsAnswer() {
    McpTestClient client = McpTestClient.of(server);
    client
        .call("weather", Map.of("city", "Oslo"))
        .hasProgress("asking the weather service")
        .hasStructured(new Weather(21.5, List.of()));
    client.call("weather", Map.of("city", " ")).hasToolError("Which city?");
    client.call("weather", Map.of("town", "Oslo")).hasErrorAt("arguments.city", "is required");
    client.answers("booking", new Booking(4, true)).call("book").hasText("Booked for 4");
    client.legacy().call("weather", Map.of("city", "Oslo")).isOk(); // as a client of 2025-11-25
  }

  @Test
  void functionAnswersBehindAnHttpApi() {
    McpTestClient client =
        McpTestClient.of(LambdaTransport.of(new EchoLambda(), LambdaEvent.HTTP_API, "/mcp"));
    client.call("echo", Map.of("message", "hello")).hasText("Echo: hello").hasStatus(200);
  }
}
