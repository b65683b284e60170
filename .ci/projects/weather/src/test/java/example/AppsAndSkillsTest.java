package example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.app.App;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.skill.Skills;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page for a tool, and the instructions for its use. */
class AppsAndSkillsTest {

  record City(String city) {}

  @Test
  void aToolShowsAPageAndASkillExplainsIt(@TempDir Path folder) throws Exception {
    Path skill = Files.createDirectories(folder.resolve("plan-a-trip"));
    Files.writeString(
        skill.resolve("SKILL.md"),
        "---\nname: plan-a-trip\ndescription: Looks at the weather first\n---\nCall forecast.\n");
    App map = App.of("ui://weather/map", "<!doctype html><title>Map</title><p>Sun");
    McpServer server = McpServer.named("weather", "1.0.0")
        .tool(Tool.of("forecast", "The weather", City.class, (in, call) -> ToolResult.text("sun"))
            .apply(map.ui()))
        .extension(Skills.ofFolder(folder).extension())
        .build();
    try (McpTestClient client = McpTestClient.of(server)) {
      client.call("forecast", Map.of("city", "Bonn")).isOk().hasText("sun");
      assertEquals(
          "ui://weather/map",
          client.tools().get("forecast").at("/_meta/ui/resourceUri").asText());
      client.read("ui://weather/map").isResult();
      client
          .request("skills/list", Json.object())
          .isResult()
          .has("/skills/0/frontmatter/name", "plan-a-trip");
    }
  }
}
