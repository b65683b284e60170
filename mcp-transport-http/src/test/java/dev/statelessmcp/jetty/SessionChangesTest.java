package dev.statelessmcp.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.resource.Resource;
import dev.statelessmcp.resource.ResourceTemplate;
import dev.statelessmcp.subscription.ChangeEvent;
import dev.statelessmcp.subscription.ChangeFeed;
import dev.statelessmcp.subscription.Registration;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.test.TestAnswer;
import dev.statelessmcp.test.TestSubscription;
import dev.statelessmcp.testing.TestTools;
import java.io.BufferedReader;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The stream by which a legacy session hears of changes. */
@Timeout(60)
class SessionChangesTest {
  private static final ChangeEvent TOOLS = ChangeEvent.toolsChanged();
  private static final ChangeEvent A = ChangeEvent.resourceUpdated("test://a");
  private static final ChangeEvent B = ChangeEvent.resourceUpdated("test://b");
  private static final String TOOLS_CHANGED = "notifications/tools/list_changed";
  private static final String UPDATED = "notifications/resources/updated";

  private final AtomicInteger listeners = new AtomicInteger();
  private final ChangeFeed feed = new Counted(ChangeFeed.inProcess());
  private McpHttpServer http;

  /** A feed that knows how many listen. */
  private final class Counted implements ChangeFeed {
    private final ChangeFeed inner;

    Counted(ChangeFeed inner) {
      this.inner = inner;
    }

    @Override
    public void publish(ChangeEvent event) {
      inner.publish(event);
    }

    @Override
    public Registration subscribe(Consumer<ChangeEvent> listener) {
      listeners.incrementAndGet();
      Registration registration = inner.subscribe(listener);
      return () -> {
        listeners.decrementAndGet();
        registration.close();
      };
    }
  }

  private McpHttpServer.Builder builder() {
    McpServer server = McpServer.named("test", "1")
        .changes(feed)
        .tool(TestTools.echo())
        .resource(Resource.text("test://a", "a", "text/plain", "a"))
        .resource(Resource.text("test://b", "b", "text/plain", "b"))
        .resourceTemplate(ResourceTemplate.of("test://{id}", "any", call -> null))
        .build();
    return McpHttpServer.builder(server)
        .port(0)
        .legacySessions(true)
        .silence(Duration.ofDays(1))
        .stopTimeout(Duration.ZERO);
  }

  private SessionClient session(McpHttpServer.Builder builder) throws Exception {
    http = builder.start();
    return SessionClient.initialized(http);
  }

  private McpTestClient client() throws Exception {
    http = builder().start();
    return McpTestClient.http(http.uri()).legacy();
  }

  @AfterEach
  void stop() {
    http.close();
  }

  @Test
  void streamTellsOfListsAndOfSubscribedResources() throws Exception {
    McpTestClient client = client();
    try (TestSubscription a = client.listen(A)) {
      feed.publish(B);
      feed.publish(A);
      JsonNode updated = a.next();
      assertEquals(UPDATED, updated.path("method").textValue());
      assertEquals(HttpAnswer.parse("{\"uri\":\"test://a\"}"), updated.get("params"));
      assertNull(updated.get("id"));
      feed.publish(TOOLS);
      a.receives(TOOLS);
      request(client, "subscribe", "b").isResult();
      request(client, "unsubscribe", "a").isResult();
      feed.publish(A);
      feed.publish(B);
      a.receives(B);
    }
  }

  @Test
  void eachSessionHearsOfWhatItSubscribedTo() throws Exception {
    McpTestClient one = client();
    try (TestSubscription first = one.listen(A);
        TestSubscription second = one.legacy().listen(B)) {
      feed.publish(A);
      feed.publish(B);
      first.receives(A);
      second.receives(B);
      feed.publish(TOOLS);
      first.receives(TOOLS);
      second.receives(TOOLS);
    }
  }

  @Test
  void secondStreamTakesThePlaceOfTheFirst() throws Exception {
    SessionClient client = session(builder());
    try (SessionClient.Events first = client.listen();
        SessionClient.Events second = client.listen()) {
      assertNull(first.next());
      feed.publish(TOOLS);
      second.next(TOOLS_CHANGED);
      feed.publish(ChangeEvent.resourcesChanged());
      second.next("notifications/resources/list_changed"); // and the other one did not come twice
      assertEquals(1, listeners.get());
    }
  }

  @Test
  void clientThatTakesNoStreamGetsNone() throws Exception {
    SessionClient client = session(builder()).header("Accept", "application/json");
    HttpResponse<String> answer = client.send("GET", null);
    assertEquals(406, answer.statusCode());
    assertEquals(0, listeners.get());
  }

  @Test
  void streamsAreLimited() throws Exception {
    SessionClient client = session(builder().maxSubscriptions(1));
    try (SessionClient.Events events = client.listen()) {
      HttpResponse<String> refused = SessionClient.initialized(http).send("GET", null);
      assertEquals(503, refused.statusCode());
      feed.publish(TOOLS);
      events.next(TOOLS_CHANGED);
    }
  }

  @Test
  void streamEndsWithTheSession() throws Exception {
    SessionClient client = session(builder());
    try (SessionClient.Events events = client.listen()) {
      assertEquals(204, client.send("DELETE", null).statusCode());
      assertNull(events.next());
      assertEquals(0, listeners.get());
    }
  }

  @Test
  void streamEndsInOrderWithTheServer() throws Exception {
    SessionClient client = session(builder().stopTimeout(Duration.ofSeconds(20)));
    try (SessionClient.Events events = client.listen()) {
      http.close();
      assertNull(events.next()); // the end of the stream, and no broken connection
      assertEquals(0, listeners.get());
    }
  }

  @Test
  void silentStreamIsKeptOpenUntilItsClientGoesAway() throws Exception {
    SessionClient client = session(builder().silence(Duration.ofMillis(20)));
    HttpText get = HttpText.of("GET", "/mcp")
        .header("Accept", "text/event-stream")
        .header("Mcp-Session-Id", client.id());
    try (RawClient raw = new RawClient(http.port())) {
      raw.send(get);
      HttpAnswer head = raw.receiveHead();
      assertEquals("text/event-stream", head.header("content-type"));
      assertEquals("no-cache", head.header("cache-control"));
      BufferedReader lines = raw.lines(head);
      for (int i = 0; i < 3; i++) {
        assertEquals(":", lines.readLine());
        assertEquals("", lines.readLine());
      }
      assertEquals(1, listeners.get());
      raw.reset();
    }
    while (listeners.get() > 0) { // until the test's timeout
      Thread.sleep(10);
    }
    try (SessionClient.Events events = client.listen()) { // it comes back
      feed.publish(TOOLS);
      events.next(TOOLS_CHANGED);
    }
  }

  @Test
  void resourcesOfASessionAreLimited() throws Exception {
    McpTestClient client = client();
    for (int i = 0; i < 1000; i++) {
      request(client, "subscribe", i + "").isResult();
    }
    request(client, "subscribe", "x").hasError(-32602, "1000");
    request(client, "subscribe", "7").isResult(); // once more
    request(client, "unsubscribe", "7").isResult();
    request(client, "subscribe", "x").isResult();
  }

  private static TestAnswer request(McpTestClient client, String method, String id) {
    return client.request("resources/" + method, Json.object().put("uri", "test://" + id));
  }
}
