package dev.statelessmcp.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a host would stumble over fails when a server is built, with a message that says where. */
class AppChecksTest {
  private static final String PAGE = "<!doctype html><p>Sales";

  record Nothing() {}

  private static Tool tool(String name) {
    return Tool.of(name, "Shows", Nothing.class, (in, call) -> ToolResult.text("7"));
  }

  private static void refused(String message, Executable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action).getMessage());
  }

  @Test
  void aPageThatTheClassPathLacks() {
    refused(
        "app ui://shop/chart: there is no file none.html on the class path of "
            + AppChecksTest.class.getName(),
        () -> App.ofClassPath("ui://shop/chart", AppChecksTest.class, "none.html"));
  }

  @Test
  void aFragmentAndAnotherCharset() {
    refused(
        "app ui://shop/chart: the page must be an HTML5 document, from <!doctype html> on",
        () -> App.ofClassPath("ui://shop/chart", AppChecksTest.class, "fragment.html"));
    refused(
        "app ui://shop/chart: latin.html must be UTF-8",
        () -> App.ofClassPath("ui://shop/chart", AppChecksTest.class, "latin.html"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ui://", "https://shop/chart", "ui:/chart", "chart", "ui:///chart"})
  void aUriOfAnotherForm(String uri) {
    refused(
        "the URI of an app must be like ui://shop/chart, was \"" + uri + "\"",
        () -> App.of(uri, PAGE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://a.example; script-src *",
        "https://a.example https://b.example",
        "https://a.example/path",
        "*",
        "'self'",
        "data:",
        "a.example",
        "https://a.*.example",
        ""
      })
  void invalidOrigins(String origin) {
    assertThrows(IllegalArgumentException.class, () -> Csp.NONE.connect(origin));
    assertThrows(IllegalArgumentException.class, () -> Csp.NONE.resources(origin));
    assertThrows(IllegalArgumentException.class, () -> Csp.NONE.frames(origin));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Csp.NONE.baseUris(origin));
    assertTrue(e.getMessage().startsWith("baseUris must be origins such as "), e.getMessage());
  }

  @Test
  void metadataByHandThatNamesNoResource() {
    App chart = App.of("ui://shop/chart", PAGE);
    Tool byHand = tool("by_hand").meta(Json.object().put("ui/resourceUri", "ui://shop/lost"));
    refused(
        "tool \"by_hand\" shows ui://shop/lost, which is not a resource of the server;"
            + " use apply(app.ui()), or add the resource",
        () -> McpServer.named("shop", "1.0.0")
            .tool(tool("sales").apply(chart.ui()))
            .tool(byHand)
            .build());
  }

  @Test
  void metadataThatWasReplaced() {
    App chart = App.of("ui://shop/chart", PAGE);
    refused(
        "tool \"sales\": meta() has replaced the metadata of ui(); call meta() before apply(app.ui())",
        () -> McpServer.named("shop", "1.0.0")
            .tool(tool("sales").apply(chart.ui()).meta(null))
            .build());
  }

  @Test
  void twoPagesWithOneUri() {
    refused(
        "there are two resources named \"ui://shop/chart\"",
        () -> McpServer.named("shop", "1.0.0")
            .tool(tool("a").apply(App.of("ui://shop/chart", PAGE).ui()))
            .tool(tool("b").apply(App.of("ui://shop/chart", PAGE).ui()))
            .build());
  }

  @Test
  void toolNeedsAVisibility() {
    refused("visibility must be MODEL, APP or both, was empty", () -> Apps.visibleTo());
    App chart = App.of("ui://shop/chart", PAGE);
    refused("visibility must be MODEL, APP or both, was empty", () -> chart.ui(new Visibility[0]));
  }
}
