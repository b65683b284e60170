package dev.statelessmcp.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.catalog.CacheHint;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.test.TestAnswer;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What hosts see of a server with apps, in both eras. */
class AppsTest {
  record Year(int year) {}

  record Sales(int year, int sold) {}

  private static final App CHART = App.ofClassPath("ui://shop/chart", AppsTest.class, "chart.html")
      .title("Sales")
      .description("The sales of a year")
      .csp(Csp.NONE
          .connect("https://api.example.com", "wss://live.example.com:8443")
          .resources("https://*.example.com")
          .frames("https://video.example.com")
          .baseUris("http://localhost:3000"))
      .permissions(Permission.CLIPBOARD_WRITE, Permission.CAMERA)
      .domain("www-example-com.oaiusercontent.com")
      .border(true)
      .resource(resource -> resource.cache(CacheHint.publicly(Duration.ofHours(1))));

  private static Tool sales() {
    return Tool.of(
        "sales", "Shows the sales", Year.class, Sales.class, (in, call) -> new Sales(in.year(), 7));
  }

  private static McpServer server() {
    Tool refresh = Tool.of(
        "refresh",
        "Reads again",
        Year.class,
        (in, call) -> ToolResult.text(Apps.isShownTo(call) ? "page" : "text"));
    return McpServer.named("shop", "1.0.0")
        .tool(sales().meta(Json.object().put("com.example/team", "sales")).apply(CHART.ui()))
        .tool(refresh.apply(CHART.ui(Visibility.APP)))
        .tool(Tool.of("reset", "Begins again", Year.class, (in, call) -> ToolResult.text("begun"))
            .apply(Apps.visibleTo(Visibility.APP)))
        .tool(Tool.of("plain", "Has no page", Year.class, (in, call) -> ToolResult.text("plain")))
        .build();
  }

  private static ObjectNode host() {
    ObjectNode capabilities = Json.object();
    capabilities
        .putObject("extensions")
        .putObject(Apps.EXTENSION)
        .putArray("mimeTypes")
        .add(App.MIME_TYPE);
    return capabilities;
  }

  @Test
  void isDeclaredInBothEras() {
    try (McpTestClient modern = McpTestClient.of(server());
        McpTestClient legacy = McpTestClient.of(server()).legacy()) {
      JsonNode declared =
          modern.request("server/discover", Json.object()).isResult().at("/capabilities");
      assertTrue(declared.path("extensions").path(Apps.EXTENSION).isObject(), declared.toString());
      assertTrue(declared.path("resources").isObject(), "the pages are resources");
      legacy.request("tools/list", Json.object()).isResult(); // after initialize
      assertTrue(
          legacy.transcript().contains("\"extensions\":{\"" + Apps.EXTENSION + "\":{}}"),
          legacy.transcript());
    }
  }

  @Test
  void toolsNameTheirPageInBothForms() {
    try (McpTestClient client = McpTestClient.of(server())) {
      TestAnswer tools = client.request("tools/list", Json.object()).isResult();
      assertEquals(
          Json.parse("{\"com.example/team\":\"sales\",\"ui\":{\"resourceUri\":\"ui://shop/chart\"},"
              + "\"ui/resourceUri\":\"ui://shop/chart\"}"),
          tools.at("/tools/0/_meta"));
      assertEquals(
          Json.parse("{\"ui\":{\"resourceUri\":\"ui://shop/chart\",\"visibility\":[\"app\"]},"
              + "\"ui/resourceUri\":\"ui://shop/chart\"}"),
          tools.at("/tools/1/_meta"));
      assertEquals(Json.parse("{\"ui\":{\"visibility\":[\"app\"]}}"), tools.at("/tools/2/_meta"));
      assertTrue(tools.at("/tools/3/_meta").isMissingNode());
    }
  }

  @Test
  void visibilityMayBeSetAfterThePage() {
    Tool tool = sales().apply(CHART.ui()).apply(Apps.visibleTo(Visibility.APP, Visibility.MODEL));
    try (McpTestClient client =
        McpTestClient.of(McpServer.named("shop", "1.0.0").tool(tool).build())) {
      TestAnswer tools = client.request("tools/list", Json.object()).isResult();
      assertEquals(
          Json.parse("{\"resourceUri\":\"ui://shop/chart\",\"visibility\":[\"model\",\"app\"]}"),
          tools.at("/tools/0/_meta/ui"));
      client
          .request("resources/read", Json.object().put("uri", "ui://shop/chart"))
          .isResult();
    }
  }

  @Test
  void pagesAreResourcesWithMetadataInTheListAndTheContents() {
    JsonNode ui = Json.parse("{\"csp\":{"
        + "\"connectDomains\":[\"https://api.example.com\",\"wss://live.example.com:8443\"],"
        + "\"resourceDomains\":[\"https://*.example.com\"],"
        + "\"frameDomains\":[\"https://video.example.com\"],"
        + "\"baseUriDomains\":[\"http://localhost:3000\"]},"
        + "\"permissions\":{\"camera\":{},\"clipboardWrite\":{}},"
        + "\"domain\":\"www-example-com.oaiusercontent.com\",\"prefersBorder\":true}");
    try (McpTestClient client = McpTestClient.of(server())) {
      TestAnswer list = client.request("resources/list", Json.object()).isResult();
      assertEquals(1, list.at("/resources").size(), "two tools show one page");
      list.has("/resources/0/uri", "ui://shop/chart")
          .has("/resources/0/name", "chart")
          .has("/resources/0/title", "Sales")
          .has("/resources/0/description", "The sales of a year")
          .has("/resources/0/mimeType", "text/html;profile=mcp-app");
      assertEquals(ui, list.at("/resources/0/_meta/ui"));
      TestAnswer read = client
          .request("resources/read", Json.object().put("uri", "ui://shop/chart"))
          .isResult()
          .has("/contents/0/uri", "ui://shop/chart")
          .has("/contents/0/mimeType", "text/html;profile=mcp-app")
          .has("/contents/0/text", "<!doctype html>\n<title>Chart</title>\n<p>Sales</p>\n")
          .has("/ttlMs", 3600000)
          .has("/cacheScope", "public");
      assertEquals(ui, read.at("/contents/0/_meta/ui"));
    }
  }

  @Test
  void aPageWithoutSettingsHasNoMetadata() {
    App app = App.of("ui://shop/plain", "<!-- made by hand -->\n<!DOCTYPE HTML><p>Hello");
    assertTrue(app.resource().toJson().path("_meta").isMissingNode());
    assertFalse(
        app.border(false).resource().toJson().at("/_meta/ui/prefersBorder").asBoolean(true));
  }

  @Test
  void clientsWithoutPagesGetTheContent() {
    try (McpTestClient text = McpTestClient.of(server())) {
      text.call("sales", Map.of("year", 2026)).isOk().hasText("{\"year\":2026,\"sold\":7}");
      text.call("refresh", Map.of("year", 2026)).isOk().hasText("text");
    }
    try (McpTestClient page = McpTestClient.of(server()).capabilities(host())) {
      page.call("sales", Map.of("year", 2026))
          .isOk()
          .hasText("{\"year\":2026,\"sold\":7}")
          .hasStructured(new Sales(2026, 7));
      page.call("refresh", Map.of("year", 2026)).isOk().hasText("page");
    }
    ObjectNode other = host();
    ((ObjectNode) other.at("/extensions/" + Apps.EXTENSION.replace("/", "~1")))
        .putArray("mimeTypes")
        .add("text/html");
    try (McpTestClient html = McpTestClient.of(server()).capabilities(other)) {
      html.call("refresh", Map.of("year", 2026)).isOk().hasText("text");
    }
  }

  @Test
  void aServerCanBeBuiltTwice() {
    McpServer.Builder builder = McpServer.named("shop", "1.0.0").tool(sales().apply(CHART.ui()));
    builder.build();
    try (McpTestClient client = McpTestClient.of(builder.build())) {
      assertEquals(
          1, client.request("resources/list", Json.object()).at("/resources").size());
    }
  }
}
