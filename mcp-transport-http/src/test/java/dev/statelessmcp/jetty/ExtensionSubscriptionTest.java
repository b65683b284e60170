package dev.statelessmcp.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.fixtures.ExampleExtension;
import dev.statelessmcp.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an extension adds to {@code subscriptions/listen}, in a real stream. */
class ExtensionSubscriptionTest {
  private static final String LISTEN = "{\"jsonrpc\":\"2.0\",\"id\":5,"
      + "\"method\":\"subscriptions/listen\",\"params\":{"
      + "\"notifications\":{\"searches\":[\"a\",\"secret-1\",\"b\"]},\"_meta\":{"
      + "\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
      + "\"io.modelcontextprotocol/clientCapabilities\":"
      + "{\"extensions\":{\"" + ExampleExtension.ID + "\":{}}}}}}";

  @Test
  void isAcknowledgedAndDelivered() throws Exception {
    try (McpHttpServer http =
            McpHttpServer.builder(ExampleExtension.server()).port(0).start();
        RawClient client = new RawClient(http.port())) {
      client.send(HttpText.of("POST", "/mcp")
          .header("Content-Type", "application/json")
          .header("Accept", "application/json, text/event-stream")
          .header("MCP-Protocol-Version", "2026-07-28")
          .header("Mcp-Method", "subscriptions/listen")
          .body(LISTEN));
      List<JsonNode> messages = events(client.lines(client.receiveHead()), 3);
      assertEquals(
          Json.parse("{\"searches\":[\"a\",\"b\"]}"), messages.get(0).at("/params/notifications"));
      for (int i = 1; i < 3; i++) {
        assertEquals("notifications/searches", messages.get(i).get("method").textValue());
        assertEquals(
            5,
            messages
                .get(i)
                .at("/params/_meta/io.modelcontextprotocol~1subscriptionId")
                .intValue());
      }
      assertEquals("b", messages.get(2).at("/params/searchId").textValue());
      assertTrue(ExampleExtension.Searches.OPEN.get() > 0);
    }
    for (int i = 0; i < 4000 && ExampleExtension.Searches.OPEN.get() > 0; i++) {
      Thread.sleep(5);
    }
    assertEquals(0, ExampleExtension.Searches.OPEN.get());
  }

  private static List<JsonNode> events(BufferedReader lines, int count) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    while (events.size() < count) {
      String line = lines.readLine();
      if (line.startsWith("data:")) {
        events.add(Json.parse(line.substring("data:".length()).trim()));
      }
    }
    return events;
  }
}
