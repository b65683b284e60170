package dev.statelessmcp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Call;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.extension.Extension;
import dev.statelessmcp.extension.ExtensionSubscription;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.prompt.Prompt;
import dev.statelessmcp.prompt.PromptResult;
import dev.statelessmcp.resource.Resource;
import dev.statelessmcp.resource.ResourceTemplate;
import dev.statelessmcp.subscription.ChangeEvent;
import dev.statelessmcp.subscription.ChangeFeed;
import dev.statelessmcp.subscription.Registration;
import dev.statelessmcp.testing.SilentLog;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** subscriptions/listen, and what becomes of changes on legacy connections. */
@Timeout(30)
@ExtendWith(SilentLog.class)
class SubscriptionTest {
  private static final String ID = "io.modelcontextprotocol/subscriptionId";
  private static final ChangeEvent TOOLS = ChangeEvent.toolsChanged();
  private static final ChangeEvent PROMPTS = ChangeEvent.promptsChanged();
  private static final ChangeEvent RESOURCES = ChangeEvent.resourcesChanged();

  private final CountingFeed feed = new CountingFeed();
  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

  /** Knows how many listen. */
  private static final class CountingFeed implements ChangeFeed {
    final ChangeFeed feed = ChangeFeed.inProcess();
    final AtomicInteger listeners = new AtomicInteger();

    @Override
    public void publish(ChangeEvent event) {
      feed.publish(event);
    }

    @Override
    public Registration subscribe(Consumer<ChangeEvent> listener) {
      listeners.incrementAndGet();
      Registration registration = feed.subscribe(listener);
      return () -> {
        listeners.decrementAndGet();
        registration.close();
      };
    }

    void awaitListeners(int count) throws InterruptedException {
      while (listeners.get() != count) {
        Thread.sleep(1);
      }
    }
  }

  private McpServer server() {
    return McpServer.named("n", "1")
        .tool(Tool.ofSchema("t", "d", "{\"type\":\"object\"}", (in, call) -> ToolResult.text("x")))
        .resource(Resource.text("r:///1", "a", "text/plain", "x"))
        .resource(Resource.text("r:///2", "b", "text/plain", "x"))
        .resource(Resource.text("r:///hidden", "c", "text/plain", "x")
            .visibleTo(caller -> caller.scopes().contains("admin")))
        .changes(feed)
        .build();
  }

  private TestClient client(McpServer server) {
    return new TestClient(server).live().onNotification(n -> received.add(text(n)));
  }

  private static String text(JsonRpcMessage.Notification notification) {
    return notification.method() + " " + Json.text(notification.params());
  }

  private static CompletableFuture<JsonNode> listen(TestClient client, String filter) {
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    Thread thread = new Thread(() -> {
      try {
        answer.complete(client.send("subscriptions/listen", "{'notifications':" + filter + "}"));
      } catch (RuntimeException | Error e) {
        answer.completeExceptionally(e);
      }
    });
    thread.setDaemon(true);
    thread.start();
    return answer;
  }

  private String next() throws InterruptedException {
    String next = received.poll(10, TimeUnit.SECONDS);
    assertNotNull(next, "nothing came");
    return next;
  }

  private static final String META = "\"_meta\":{\"" + ID + "\":\"id\"}";

  @Test
  void acknowledgementComesFirstAndEverythingHasTheId() throws Exception {
    TestClient client = client(server());
    CompletableFuture<JsonNode> answer =
        listen(client, "{'toolsListChanged':true,'resourceSubscriptions':['r:///1','r:///9']}");
    assertEquals(
        "notifications/subscriptions/acknowledged {\"notifications\":{\"toolsListChanged\":true,"
            + "\"resourceSubscriptions\":[\"r:///1\"]}," + META + "}",
        next());
    feed.awaitListeners(1);
    for (ChangeEvent event : List.of(
        PROMPTS,
        RESOURCES,
        ChangeEvent.resourceUpdated("r:///2"),
        TOOLS,
        ChangeEvent.resourceUpdated("r:///1"))) {
      feed.publish(event);
    }
    assertEquals("notifications/tools/list_changed {" + META + "}", next());
    assertEquals("notifications/resources/updated {\"uri\":\"r:///1\"," + META + "}", next());
    client.ending.cancel();
    JsonNode result = answer.get(10, TimeUnit.SECONDS).get("result");
    assertEquals("complete", result.get("resultType").textValue());
    assertEquals("id", result.get("_meta").get(ID).textValue());
    assertTrue(received.isEmpty());
    assertEquals(0, feed.listeners.get());
  }

  /** Who has the acknowledgement is subscribed: what happens from then on is not lost. */
  @Test
  void nothingIsLostBehindTheAcknowledgement() throws Exception {
    TestClient client = new TestClient(server()).live();
    client.onNotification(notification -> {
      received.add(notification.method());
      if (notification.method().endsWith("acknowledged")) {
        feed.publish(TOOLS);
      }
    });
    CompletableFuture<JsonNode> answer = listen(client, "{'toolsListChanged':true}");
    assertEquals("notifications/subscriptions/acknowledged", next());
    String second = received.poll(2, TimeUnit.SECONDS);
    client.ending.cancel();
    answer.get(10, TimeUnit.SECONDS);
    assertEquals("notifications/tools/list_changed", second);
  }

  /** A feed that fails at the end must not leave the part of an extension registered. */
  @Test
  void everyPartIsClosedAlsoIfOneFails() {
    AtomicInteger closed = new AtomicInteger();
    ChangeFeed failing = new ChangeFeed() {
      @Override
      public void publish(ChangeEvent event) {
        feed.publish(event);
      }

      @Override
      public Registration subscribe(Consumer<ChangeEvent> listener) {
        return () -> {
          throw new IllegalStateException("the feed cannot be closed");
        };
      }
    };
    ExtensionSubscription part = new ExtensionSubscription() {
      @Override
      public JsonNode accept(JsonNode wanted, Call call) {
        return wanted;
      }

      @Override
      public Registration open(
          JsonNode accepted, Call call, Consumer<JsonRpcMessage.Notification> sink, Runnable end) {
        return closed::incrementAndGet;
      }
    };
    String id = "com.example/parts";
    McpServer server = McpServer.named("n", "1")
        .tool(Tool.ofSchema("t", "d", "{\"type\":\"object\"}", (in, call) -> ToolResult.text("x")))
        .changes(failing)
        .extension(Extension.builder(id).subscription("parts", part).build())
        .build();
    TestClient client = new TestClient(server).live().can("{'extensions':{'" + id + "':{}}}");
    client.onNotification(acknowledged -> client.ending.cancel());
    JsonNode answer = client.send(
        "subscriptions/listen", "{'notifications':{'toolsListChanged':true,'parts':true}}");
    assertEquals(-32603, answer.at("/error/code").intValue());
    assertEquals(1, closed.get());
  }

  /** "Closing it again has no effect", also where the same listener was added twice. */
  @Test
  void closingAgainDoesNotEndAnotherRegistration() {
    ChangeFeed inProcess = ChangeFeed.inProcess();
    AtomicInteger told = new AtomicInteger();
    Consumer<ChangeEvent> listener = event -> told.incrementAndGet();
    Registration first = inProcess.subscribe(listener);
    inProcess.subscribe(listener);
    first.close();
    first.close();
    inProcess.publish(TOOLS);
    assertEquals(1, told.get());
  }

  @Test
  void burstIsOneNotification() throws Exception {
    CompletableFuture<Void> open = new CompletableFuture<>();
    TestClient client = new TestClient(server()).live();
    client.onNotification(notification -> {
      received.add(notification.method());
      if (received.size() == 2) {
        open.join(); // the client is slow to read the first change
      }
    });
    CompletableFuture<JsonNode> answer =
        listen(client, "{'toolsListChanged':true,'resourcesListChanged':true}");
    feed.awaitListeners(1);
    feed.publish(TOOLS);
    while (received.size() < 2) {
      Thread.sleep(1);
    }
    for (int i = 0; i < 1000; i++) {
      feed.publish(TOOLS);
      feed.publish(RESOURCES);
    }
    open.complete(null);
    while (received.size() < 4) {
      Thread.sleep(1);
    }
    client.ending.cancel();
    answer.get(10, TimeUnit.SECONDS);
    assertEquals(4, received.size(), received::toString);
  }

  @Test
  void cancellationEndsItAndLeavesNothingBehind() throws Exception {
    TestClient client = client(server());
    CompletableFuture<JsonNode> answer = listen(client, "{'toolsListChanged':true}");
    feed.awaitListeners(1);
    client.cancellation.cancel();
    assertTrue(answer.get(10, TimeUnit.SECONDS).has("error"));
    assertEquals(0, feed.listeners.get());
  }

  @Test
  void callThatEndedBeforeItsStartEndsAtOnce() throws Exception {
    TestClient client = client(server());
    client.ending.cancel();
    assertTrue(
        listen(client, "{'toolsListChanged':true}").get(10, TimeUnit.SECONDS).has("result"));
    assertEquals(0, feed.listeners.get());
  }

  @Test
  void hiddenAndUnknownItemsAreNotAcknowledged() throws Exception {
    String filter = "{'promptsListChanged':true,'resourceSubscriptions':['r:///hidden']}";
    JsonNode answer = listen(client(server()), filter).get(10, TimeUnit.SECONDS);
    assertTrue(answer.has("result"));
    assertTrue(next().contains("\"notifications\":{}"));
    TestClient admin = client(server()).caller(Caller.of("root", "admin"));
    CompletableFuture<JsonNode> open = listen(admin, filter);
    assertTrue(next().contains("\"resourceSubscriptions\":[\"r:///hidden\"]"));
    admin.ending.cancel();
    open.get(10, TimeUnit.SECONDS);
  }

  @Test
  void whereNothingStreamsItCompletesAtOnce() throws Exception {
    TestClient client = new TestClient(server()).onNotification(n -> received.add(text(n)));
    ObjectNode result =
        client.result("subscriptions/listen", "{'notifications':{'toolsListChanged':true}}");
    assertEquals("complete", result.get("resultType").textValue());
    assertTrue(next().contains("\"notifications\":{}"));
  }

  @Test
  void changesAreDeclaredWhereTheyReachTheClient() {
    McpServer server = server();
    assertEquals(
        TestClient.json("{'tools':{'listChanged':true},"
            + "'resources':{'subscribe':true,'listChanged':true}}"),
        new TestClient(server).live().result("server/discover", "{}").get("capabilities"));
    assertEquals(
        TestClient.json("{'tools':{},'resources':{}}"),
        new TestClient(server).result("server/discover", "{}").get("capabilities"));
    String initialize = "{'protocolVersion':'2025-11-25','capabilities':{},"
        + "'clientInfo':{'name':'c','version':'1'}}";
    assertEquals(
        TestClient.json("{'tools':{'listChanged':true},"
            + "'resources':{'subscribe':true,'listChanged':true}}"),
        new TestClient(server)
            .legacy(new TestConnection())
            .result("initialize", initialize)
            .get("capabilities"));
    assertEquals(
        TestClient.json("{'tools':{},'resources':{}}"),
        new TestClient(server).legacy().result("initialize", initialize).get("capabilities"));
  }

  @Test
  void tooManyUrisAreRefused() {
    StringBuilder uris = new StringBuilder();
    for (int i = 0; i < 1001; i++) {
      uris.append(i == 0 ? "" : ",").append("'r:///").append(i).append('\'');
    }
    assertEquals(
        -32602,
        client(server())
            .code(
                "subscriptions/listen",
                "{'notifications':{'resourceSubscriptions':[" + uris + "]}}"));
  }

  @Test
  void severalAtOnceHaveTheirOwn() throws Exception {
    McpServer server = server();
    BlockingQueue<String> others = new LinkedBlockingQueue<>();
    TestClient one = client(server);
    TestClient two = new TestClient(server).live().onNotification(n -> others.add(n.method()));
    CompletableFuture<JsonNode> first = listen(one, "{'toolsListChanged':true}");
    CompletableFuture<JsonNode> second = listen(two, "{'resourcesListChanged':true}");
    feed.awaitListeners(2);
    feed.publish(TOOLS);
    feed.publish(RESOURCES);
    assertTrue(next().contains("acknowledged"));
    assertTrue(next().contains("tools/list_changed"));
    while (others.size() < 2) {
      Thread.sleep(1);
    }
    one.ending.cancel();
    two.ending.cancel();
    first.get(10, TimeUnit.SECONDS);
    second.get(10, TimeUnit.SECONDS);
    assertEquals("notifications/subscriptions/acknowledged", others.poll());
    assertEquals("notifications/resources/list_changed", others.poll());
    assertTrue(received.isEmpty() && others.isEmpty());
  }

  @Test
  void legacyConnectionIsToldWhatItSubscribedTo() {
    McpServer server = server();
    TestConnection connection = new TestConnection();
    Registration attached = server.port().attach(connection);
    TestClient client = new TestClient(server).legacy(connection);
    client.result("resources/subscribe", "{'uri':'r:///1'}");
    feed.publish(ChangeEvent.resourceUpdated("r:///1"));
    feed.publish(ChangeEvent.resourceUpdated("r:///2"));
    feed.publish(TOOLS);
    client.result("resources/unsubscribe", "{'uri':'r:///1'}");
    feed.publish(ChangeEvent.resourceUpdated("r:///1"));
    attached.close();
    feed.publish(TOOLS);
    assertEquals(
        List.of(
            "notifications/resources/updated {\"uri\":\"r:///1\"}",
            "notifications/tools/list_changed {}"),
        connection.pushed);
    assertEquals(0, feed.listeners.get());
  }

  @Test
  void legacySubscriptionNeedsAConnection() {
    TestClient client = new TestClient(server()).legacy();
    assertEquals(-32601, client.code("resources/subscribe", "{'uri':'r:///1'}"));
  }

  /** One rule for all ways to a resource. */
  @Test
  void legacyClientDoesNotSubscribeToWhatItMayNotSee() {
    TestConnection connection = new TestConnection();
    TestClient client = new TestClient(server()).legacy(connection);
    assertEquals(-32002, client.code("resources/subscribe", "{'uri':'r:///hidden'}"));
    assertEquals(-32002, client.code("resources/subscribe", "{'uri':'r:///9'}"));
    assertFalse(connection.isSubscribed("r:///hidden"));
    assertFalse(connection.isSubscribed("r:///9"));
  }

  private McpServer withResourcesOfEveryName() {
    return McpServer.named("n", "1")
        .resourceTemplate(ResourceTemplate.of("r:///{x}", "r", call -> null))
        .changes(feed)
        .build();
  }

  @Test
  void legacyConnectionHasABoundOnSubscriptions() {
    TestConnection connection = new TestConnection();
    TestClient client = new TestClient(withResourcesOfEveryName()).legacy(connection);
    int subscriptions = 0;
    for (int i = 0; i < 5000; i++) {
      client.send("resources/subscribe", "{'uri':'r:///" + i + "'}");
      subscriptions += connection.isSubscribed("r:///" + i) ? 1 : 0;
    }
    assertEquals(1000, subscriptions);
  }

  /** Templates may take URIs of any length, and a connection keeps those of its client. */
  @Test
  void legacyConnectionHasABoundOnTheLengthOfItsSubscriptions() {
    TestConnection connection = new TestConnection();
    TestClient client = new TestClient(withResourcesOfEveryName()).legacy(connection);
    String uri = "r:///" + "x".repeat(100_000);
    for (int i = 0; i < 5; i++) {
      client.result("resources/subscribe", "{'uri':'" + uri + i % 2 + "'}"); // the same ones again
    }
    String error = Json.text(client.send("resources/subscribe", "{'uri':'" + uri + "2'}"));
    assertTrue(error.contains("-32602") && error.contains("262144 characters"), error);
    assertFalse(connection.isSubscribed(uri + "2"));
    client.result("resources/unsubscribe", "{'uri':'" + uri + "0'}");
    client.result("resources/unsubscribe", "{'uri':'" + uri + "0'}");
    client.result("resources/subscribe", "{'uri':'" + uri + "2'}");
    assertEquals(-32602, client.code("resources/subscribe", "{'uri':'" + uri + "3'}"));
  }

  /** A client is told of lists alone that the server has. */
  @Test
  void legacyConnectionIsNotToldOfListsThatItWasNotPromised() {
    TestConnection connection = new TestConnection();
    McpServer server = server(); // without prompts
    try (Registration attached = server.port().attach(connection)) {
      assertNotNull(attached);
      feed.publish(PROMPTS);
    }
    assertEquals(List.of(), connection.pushed);
  }

  @Test
  void serverWithoutAFeedHasNothingToTell() {
    McpServer server = McpServer.named("n", "1")
        .prompt(Prompt.of("p", null, c -> PromptResult.of()))
        .build();
    assertTrue(client(server)
        .result("subscriptions/listen", "{'notifications':{'promptsListChanged':true}}")
        .has("resultType"));
    server.port().attach(new TestConnection()).close();
    assertFalse(received.isEmpty());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void oneListenerThatFailsDoesNotKeepChangesFromTheOthers(boolean error) {
    ChangeFeed plain = ChangeFeed.inProcess();
    AtomicInteger heard = new AtomicInteger();
    plain.subscribe(event -> {
      if (error) {
        throw new NoClassDefFoundError("listener");
      }
      throw new IllegalStateException("broken");
    });
    plain.subscribe(event -> heard.incrementAndGet());
    plain.publish(TOOLS);
    assertEquals(1, heard.get());
  }
}
