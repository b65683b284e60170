package example;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.annotation.McpTool;
import dev.statelessmcp.annotation.Tools;
import dev.statelessmcp.schema.Description;
import dev.statelessmcp.test.McpTestClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tools from the methods of a plain object. */
class AnnotatedTest {
  record Forecast(String city, List<String> days) {}

  static final class Forecasts {
    @McpTool(description = "The forecast for a place")
    public Forecast forecast(@Description("City and country") String city, int days) {
      return new Forecast(city, List.of("sun", "rain").subList(0, days));
    }
  }

  @Test
  void methodIsATool() {
    McpServer server =
        McpServer.named("forecasts", "1").tools(Tools.of(new Forecasts())).build();
    McpTestClient client = McpTestClient.of(server);
    client.call("forecast", Map.of("city", "Oslo", "days", 1))
        .hasStructured(new Forecast("Oslo", List.of("sun")));
    client.call("forecast", Map.of("city", "Oslo")).hasErrorAt("arguments.days", "is required");
  }
}
