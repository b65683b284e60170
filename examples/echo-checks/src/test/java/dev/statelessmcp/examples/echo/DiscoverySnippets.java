package dev.statelessmcp.examples.echo;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.app.App;
import dev.statelessmcp.app.Apps;
import dev.statelessmcp.app.Csp;
import dev.statelessmcp.app.Permission;
import dev.statelessmcp.app.Visibility;
import dev.statelessmcp.catalog.CacheHint;
import dev.statelessmcp.http.ServerCard;
import dev.statelessmcp.jetty.McpHttpServer;
import dev.statelessmcp.lambda.LambdaSettings;
import dev.statelessmcp.skill.Skills;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** The snippets of the pages about apps, skills and publishing. */
final class DiscoverySnippets {

  record Year(int year) {}

  record Sales(int year, List<Integer> sold) {}

  private DiscoverySnippets() {}

  static McpServer chart() {
    App chart = App.ofClassPath("ui://shop/sales", DiscoverySnippets.class, "sales.html");

    return McpServer.named("shop", "1.0.0")
        .tool(Tool.of(
                "sales",
                "Shows the sales of a year",
                Year.class,
                Sales.class,
                (in, call) -> new Sales(in.year(), List.of(7, 9)))
            .apply(chart.ui()))
        .build();
  }

  static App settings(App chart) {
    return chart
        .title("Sales")
        .csp(Csp.NONE.connect("https://api.example.com").resources("https://cdn.example.com"))
        .permissions(Permission.CLIPBOARD_WRITE)
        .border(true)
        .resource(page -> page.cache(CacheHint.publicly(Duration.ofHours(1))));
  }

  static Tool forPages(App chart) {
    return Tool.of("orders", "Lists the orders", Year.class, (in, call) -> ToolResult.text("none"))
        .apply(chart.ui(Visibility.APP));
  }

  static Tool shorter() {
    return Tool.of(
        "sales_text",
        "Says what was sold",
        Year.class,
        (in, call) -> Apps.isShownTo(call)
            ? ToolResult.text("16 sold; the page shows when")
            : ToolResult.text("7 sold in January, 9 in February"));
  }

  static McpServer skills() {
    return McpServer.named("shop", "1.0.0")
        .extension(Skills.ofClassPath(DiscoverySnippets.class, "/skills")
            .cache(CacheHint.privately(Duration.ofMinutes(5)))
            .extension())
        .build();
  }

  static Skills restricted() {
    return Skills.ofFolder(Path.of("/srv/skills"))
        .each(skill -> skill.path().startsWith("billing/") ? skill.requires("billing") : skill);
  }

  static McpHttpServer card(McpServer server) throws Exception {
    ServerCard card = ServerCard.of(server, "com.example", "https://mcp.example.com/mcp");

    return McpHttpServer.builder(server)
        .document("/mcp" + ServerCard.PATH, card::card)
        .document(ServerCard.CATALOG_PATH, card::catalog)
        .start();
  }

  static LambdaSettings cardOfFunction(ServerCard card) {
    return LambdaSettings.fromEnvironment()
        .document("/mcp" + ServerCard.PATH, card::card)
        .document(ServerCard.CATALOG_PATH, card::catalog);
  }

  static Skills generated() {
    return Skills.dynamic(
        "reports/daily",
        """
        name: daily
        description: Assembles the report of today
        """,
        call -> "# Report of " + LocalDate.now(ZoneOffset.UTC)
            + "\n\nAsk the tool `sales` for the figures.\n");
  }
}
