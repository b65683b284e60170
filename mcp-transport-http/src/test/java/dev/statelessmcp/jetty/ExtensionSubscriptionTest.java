package dev.statelessmcp.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.fixtures.ExampleExtension;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.test.TestSubscription;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an extension adds to {@code subscriptions/listen}, in a real stream. */
class ExtensionSubscriptionTest {
  private static final ObjectNode FILTER =
      (ObjectNode) Json.parse("{\"searches\":[\"a\",\"secret-1\",\"b\"]}");

  private static ObjectNode capabilities() {
    ObjectNode capabilities = Json.object();
    capabilities.putObject("extensions").putObject(ExampleExtension.ID);
    return capabilities;
  }

  @Test
  void isAcknowledgedAndDelivered() throws Exception {
    try (McpHttpServer http =
            McpHttpServer.builder(ExampleExtension.server()).port(0).start();
        McpTestClient client = McpTestClient.http(http.uri()).capabilities(capabilities())) {
      TestSubscription searches = client.listen(FILTER);
      assertEquals(Json.parse("{\"searches\":[\"a\",\"b\"]}"), searches.acknowledged());
      for (String id : List.of("a", "b")) {
        ObjectNode notification = searches.next();
        assertEquals("notifications/searches", notification.get("method").textValue());
        assertEquals(id, notification.at("/params/searchId").textValue());
        assertEquals(
            1,
            notification
                .at("/params/_meta/io.modelcontextprotocol~1subscriptionId")
                .intValue());
      }
      assertTrue(ExampleExtension.Searches.OPEN.get() > 0);
    }
    for (int i = 0; i < 4000 && ExampleExtension.Searches.OPEN.get() > 0; i++) {
      Thread.sleep(5);
    }
    assertEquals(0, ExampleExtension.Searches.OPEN.get());
  }
}
