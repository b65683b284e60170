package dev.statelessmcp.stdio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.fixtures.ExampleExtension;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an extension adds to {@code subscriptions/listen}, over a pipe. */
class ExtensionSubscriptionTest {

  @Test
  void isAcknowledgedAndDelivered() throws Exception {
    StdioTransport transport = StdioTransport.of(ExampleExtension.server());
    try (StdioClient client = StdioClient.of(transport)) {
      client.send("{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"subscriptions/listen\","
          + "\"params\":{\"notifications\":{\"searches\":[\"a\",\"secret-1\",\"b\"]},"
          + "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
          + "\"io.modelcontextprotocol/clientCapabilities\":"
          + "{\"extensions\":{\"" + ExampleExtension.ID + "\":{}}}}}}");
      JsonNode acknowledged = client.receive();
      assertEquals(2, acknowledged.at("/params/notifications/searches").size());
      for (String id : List.of("a", "b")) {
        JsonNode notification = client.receive();
        assertEquals("notifications/searches", notification.get("method").textValue());
        assertEquals(id, notification.at("/params/searchId").textValue());
        assertEquals(
            5,
            notification
                .at("/params/_meta/io.modelcontextprotocol~1subscriptionId")
                .intValue());
      }
    }
    for (int i = 0; i < 4000 && ExampleExtension.Searches.OPEN.get() > 0; i++) {
      Thread.sleep(5);
    }
    assertEquals(0, ExampleExtension.Searches.OPEN.get());
  }
}
