package dev.statelessmcp.examples.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.test.McpTestClient;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the page and clients without pages get; {@code browser/} has the test with a browser. */
class DashboardServerTest {

  @Test
  void clientsWithoutPagesReadTheNumbers() {
    try (McpTestClient client = McpTestClient.of(DashboardServer.create())) {
      client
          .call("sales", Map.of("year", 2026))
          .isOk()
          .hasTextContaining("\"year\":2026", "\"sold\":[");
      client.call("orders", Map.of("year", 2026, "month", 13)).hasToolError("month");
    }
  }

  @Test
  void pageHasEverythingInsideItself() {
    try (McpTestClient client = McpTestClient.of(DashboardServer.create())) {
      String html =
          client.read("ui://dashboard/sales").isResult().at("/contents/0/text").asText();
      assertTrue(html.startsWith("<!doctype html>"), html);
      String withoutNames = html.replace("http://www.w3.org/2000/svg", "");
      for (String outside : new String[] {"http:", "https:", "src=", "href=", "@import", "url("}) {
        assertFalse(withoutNames.contains(outside), outside);
      }
      assertEquals(
          "ui://dashboard/sales",
          client.tools().get("sales").at("/_meta/ui/resourceUri").asText());
    }
  }
}
