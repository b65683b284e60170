package example;

import dev.statelessmcp.jetty.McpHttpServer;
import dev.statelessmcp.lambda.test.LambdaEvent;
import dev.statelessmcp.lambda.test.LambdaTransport;
import dev.statelessmcp.test.McpTestClient;
import example.WeatherServer.Booking;
import example.WeatherServer.Weather;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tests of the tools, over each way in. */
class WeatherTest {

  private static void check(McpTestClient client) {
    for (McpTestClient each : List.of(client, client.legacy())) {
      each.call("weather", Map.of("city", "Oslo"))
          .hasProgress("asking the weather service")
          .hasStructured(new Weather(21.5, List.of("sun")));
      each.call("weather", Map.of("city", " ")).hasToolError("Which city?");
    }
    checkErrors(client);
  }

  /** A managed Lambda function has no stream for progress. */
  private static void checkErrors(McpTestClient client) {
    for (McpTestClient each : List.of(client, client.legacy())) {
      each.call("weather", Map.of("town", "Oslo")).hasErrorAt("arguments.city", "is required");
      each.call("weather", Map.of("city", "Oslo")).hasTextContaining("21.5");
      each.call("break").hasError(-32603);
    }
    client.answers("booking", new Booking(4)).call("book").hasText("Booked for 4");
  }

  @Test
  void inMemory() {
    check(McpTestClient.of(WeatherServer.create()));
  }

  @Test
  void overHttp() throws Exception {
    try (McpHttpServer http = McpHttpServer.builder(WeatherServer.create()).port(0).start()) {
      check(McpTestClient.http(http.uri()));
    }
  }

  @Test
  void overStdio() {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = System.getProperty("java.class.path");
    try (McpTestClient client =
        McpTestClient.stdio(java, "-cp", classPath, WeatherServer.class.getName())) {
      check(client);
    }
  }

  @ParameterizedTest
  @EnumSource(LambdaEvent.class)
  void asALambdaFunction(LambdaEvent event) {
    checkErrors(McpTestClient.of(LambdaTransport.of(new WeatherLambda(), event, "/mcp")));
  }
}
