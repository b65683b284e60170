package dev.statelessmcp.examples.echo;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.annotation.McpPrompt;
import dev.statelessmcp.annotation.McpResource;
import dev.statelessmcp.annotation.McpTool;
import dev.statelessmcp.annotation.Prompts;
import dev.statelessmcp.annotation.ResourceTemplates;
import dev.statelessmcp.annotation.Resources;
import dev.statelessmcp.annotation.Tools;
import dev.statelessmcp.schema.Default;
import dev.statelessmcp.schema.Description;
import dev.statelessmcp.schema.Range;
import dev.statelessmcp.tool.ToolCall;
import dev.statelessmcp.tool.ToolException;
import java.time.LocalDate;
import java.util.Optional;

/** The snippets of docs/tools.md on annotated methods. */
final class AnnotatedSnippets {

  private AnnotatedSnippets() {}

  record Forecast(String place, double degrees) {}

  static class Weather {
    @McpTool(description = "The weather at a place", readOnlyHint = true)
    Forecast forecast(
        @Description("City and country") String place,
        @Range(min = 1, max = 14) @Default("1") int days,
        ToolCall call)
        throws ToolException {
      if (place.isBlank()) {
        throw new ToolException("Which place? Say its name."); // the model reads this
      }
      call.progress(1, 1, "asked for " + call.caller().principal());
      return new Forecast(place, 20 + days);
    }

    @McpResource(uri = "weather://log/{day}", mimeType = "text/plain")
    String log(LocalDate day) {
      return "Nothing happened on " + day;
    }

    @McpPrompt(description = "What to wear")
    String clothes(@Description("City") String place, Optional<String> occasion) {
      return "What do I wear in " + place + occasion.map(it -> " for " + it).orElse("") + "?";
    }
  }

  static McpServer server() {
    Weather weather = new Weather();
    return McpServer.named("weather", "1.0")
        .tools(Tools.of(weather))
        .resources(Resources.of(weather))
        .resourceTemplates(ResourceTemplates.of(weather))
        .prompts(Prompts.of(weather))
        .build();
  }
}
