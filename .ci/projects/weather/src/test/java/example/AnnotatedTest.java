package example;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.annotation.McpPrompt;
import dev.statelessmcp.annotation.McpResource;
import dev.statelessmcp.annotation.McpTool;
import dev.statelessmcp.annotation.Prompts;
import dev.statelessmcp.annotation.Resources;
import dev.statelessmcp.annotation.Tools;
import dev.statelessmcp.lambda.McpLambdaHandler;
import dev.statelessmcp.lambda.test.LambdaEvent;
import dev.statelessmcp.lambda.test.LambdaTransport;
import dev.statelessmcp.schema.Description;
import dev.statelessmcp.schema.Range;
import dev.statelessmcp.test.McpTestClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tools, a resource and a prompt from annotated methods, with types of every kind. */
class AnnotatedTest {

  sealed interface Sky permits Clear, Cloudy {}

  record Clear() implements Sky {}

  record Cloudy(@Range(min = 1, max = 100) int percent) implements Sky {}

  record Region(String name, List<Region> regions) {}

  static class Forecasts {
    @McpTool(description = "The worse of two skies")
    Sky worse(Sky one, @Description("compared with") Optional<Sky> other) {
      return one instanceof Cloudy ? one : other.orElse(one);
    }

    @McpTool(description = "How many regions there are")
    int count(Region region) {
      return 1 + region.regions().stream().mapToInt(this::count).sum();
    }

    @McpResource(uri = "weather://stations", mimeType = "text/plain")
    String stations() {
      return "Blindern";
    }

    @McpPrompt(description = "What to wear")
    String clothes(String place) {
      return "What do I wear in " + place + "?";
    }
  }

  private static McpServer server() {
    Forecasts forecasts = new Forecasts();
    return McpServer.named("forecasts", "1.0.0")
        .tools(Tools.of(forecasts))
        .resources(Resources.of(forecasts))
        .prompts(Prompts.of(forecasts))
        .build();
  }

  private static void check(McpTestClient client) {
    client
        .call("worse", "{\"one\":{\"kind\":\"clear\"},\"other\":{\"kind\":\"cloudy\",\"percent\":5}}")
        .hasStructured("{\"kind\":\"cloudy\",\"percent\":5}");
    client
        .call("worse", "{\"one\":{\"kind\":\"foggy\"}}")
        .hasErrorAt("arguments.one.kind", "must be one of clear, cloudy");
    client
        .call("count", "{\"region\":{\"name\":\"a\",\"regions\":[{\"name\":\"b\",\"regions\":[]}]}}")
        .hasTextContaining("2");
    client.read("weather://stations").has("/contents/0/text", "Blindern");
    client
        .prompt("clothes", Map.of("place", "Oslo"))
        .has("/messages/0/content/text", "What do I wear in Oslo?");
  }

  @Test
  void inMemory() {
    check(McpTestClient.of(server()));
    check(McpTestClient.of(server()).legacy());
  }

  private static final class Function extends McpLambdaHandler {
    Function() {
      super(server());
    }
  }

  @Test
  void asALambdaFunction() {
    check(McpTestClient.of(LambdaTransport.of(new Function(), LambdaEvent.HTTP_API, "/mcp")));
  }
}
