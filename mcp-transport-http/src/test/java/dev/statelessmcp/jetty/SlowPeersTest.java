package dev.statelessmcp.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.json.JsonLimits;
import dev.statelessmcp.testing.TestTools;
import dev.statelessmcp.testing.ThreadCarrier;
import dev.statelessmcp.testing.Waiting;
import dev.statelessmcp.tool.ToolResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that send or receive slowly: they are cut off, and hold neither threads nor memory. */
class SlowPeersTest {
  private static final String LARGE = "x".repeat(1 << 20);

  private McpHttpServer http;

  private void start(McpHttpServer.Builder settings) throws IOException {
    http = settings.port(0).start();
  }

  private static McpHttpServer.Builder settings() {
    return McpHttpServer.builder(TestTools.server(
        TestTools.echo(),
        TestTools.tool("large", (none, call) -> ToolResult.text(LARGE.repeat(20)))));
  }

  @AfterEach
  void stop() {
    http.close();
  }

  private RawClient connect() throws IOException {
    return new RawClient(http.port());
  }

  /** Sends a byte every few milliseconds until the server closes the connection. */
  private static void dribble(RawClient client, byte[] bytes) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Waiting.SECONDS);
    try {
      for (int i = 0; System.nanoTime() < end; i++) {
        client.send(new byte[] {bytes[i % bytes.length]});
        TimeUnit.MILLISECONDS.sleep(20);
      }
    } catch (IOException e) {
      return; // closed, which is what is waited for
    }
    throw new AssertionError("the connection is still open");
  }

  @Test
  void headersThatTakeTooLongEndTheConnection() throws Exception {
    start(settings().receiveTimeout(Duration.ofMillis(200)));
    try (RawClient client = connect()) {
      client.send("POST /mcp HTTP/1.1\r\nX-Slow: ");
      dribble(client, new byte[] {'a'});
    }
  }

  @Test
  void contextOfTheReceivingThreadReachesTheCall() throws Exception {
    ThreadCarrier carrier = new ThreadCarrier();
    start(McpHttpServer.builder(
        McpServer.named("test", "1").interceptor(carrier).tool(TestTools.echo()).build()));
    HttpText request = HttpText.modernCall(1, "echo", "{\"text\":\"hello\"}");
    try (RawClient client = connect()) {
      client.send(request.head());
      for (byte each : request.content()) {
        client.send(new byte[] {each});
      }
      assertEquals("hello", client.receive().text());
    }
    assertNotNull(carrier.receiving());
  }

  @Test
  void requestLineThatTakesTooLongEndsTheConnection() throws Exception {
    start(settings().receiveTimeout(Duration.ofMillis(200)));
    try (RawClient client = connect()) {
      dribble(client, new byte[] {'A'});
    }
  }

  @Test
  void headersOfALaterRequestHaveTheSameTime() throws Exception {
    start(settings().receiveTimeout(Duration.ofMillis(200)));
    try (RawClient client = connect()) {
      assertEquals(200, client.exchange(HttpText.legacyPing(1)).status());
      client.send("POST /mcp HTTP/1.1\r\nX-Slow: ");
      dribble(client, new byte[] {'a'});
    }
  }

  @Test
  void connectionMayRestBetweenRequests() throws Exception {
    start(settings().receiveTimeout(Duration.ofMillis(100)));
    try (RawClient client = connect()) {
      for (int id = 1; id <= 3; id++) {
        assertEquals(200, client.exchange(HttpText.legacyPing(id)).status());
        TimeUnit.MILLISECONDS.sleep(400); // several times what headers may take
      }
    }
  }

  @Test
  void contentThatTakesTooLongIsRefused() throws Exception {
    start(settings().receiveTimeout(Duration.ofMillis(200)));
    try (RawClient client = connect()) {
      client.send(HttpText.legacyPing(1).header("Content-Length", "100000").head());
      for (int i = 0; i < 5; i++) {
        client.send(" ");
      }
      HttpAnswer answer = client.receive();
      assertEquals(408, answer.status());
      assertEquals(-32600, answer.error());
      assertEquals("close", answer.header("connection"));
      assertTrue(client.isClosedByServer());
    }
  }

  @Test
  void contentOfManySlowClientsHoldsNoThread() throws Exception {
    start(settings().maxConcurrentCalls(1).maxSubscriptions(1));
    List<RawClient> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 400; i++) { // twice as many as the server has threads
        RawClient client = connect();
        slow.add(client);
        client.send(HttpText.legacyPing(i).header("Content-Length", "1000").head());
        client.send("{");
      }
      HttpText echo = HttpText.modernCall(1, "echo", "{\"text\":\"hi\"}");
      assertEquals("hi", RawClient.exchange(http.port(), echo).text());
      // And theirs are served when they are there
      byte[] rest = HttpText.legacyPing(7).content();
      slow.get(7).send(new String(rest, 1, rest.length - 1, StandardCharsets.UTF_8));
      slow.get(7).send(" ".repeat(1000 - rest.length));
      assertEquals(200, slow.get(7).receive().status());
    } finally {
      for (RawClient client : slow) {
        client.close();
      }
    }
  }

  private McpHttpServer.Builder inFlight(int bytes) {
    return settings().limits(JsonLimits.DEFAULT.withMaxBytes(bytes)).maxBytesInFlight(bytes);
  }

  @Test
  void clientThatReceivesTooSlowlyIsDisconnected() throws Exception {
    start(inFlight(1 << 20).receiveTimeout(Duration.ofMillis(300)));
    HttpText ping = HttpText.legacyPing(2).body(HttpText.legacyPing(2).contentText() + pad());
    try (RawClient client = connect()) {
      client.send(HttpText.legacyCall(1, "large", "{}"));
      client.receiveHead(); // and nothing more: the answer fills the memory for messages
      int status;
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Waiting.SECONDS);
      do {
        status = RawClient.exchange(http.port(), ping).status();
      } while (status == 503 && System.nanoTime() < end);
      assertEquals(200, status);
    }
  }

  /** White space that makes a message larger than those which are always taken. */
  private static String pad() {
    return " ".repeat(20_000);
  }

  @Test
  void requestBeyondTheMemoryForMessagesIsRefused() throws Exception {
    start(inFlight(100_000));
    try (RawClient first = connect()) {
      first.send(HttpText.legacyPing(1).header("Content-Length", "100000").head());
      first.send(" ".repeat(90_000));
      HttpText second = HttpText.legacyPing(2).body(HttpText.legacyPing(2).contentText() + pad());
      Thread.sleep(500); // until the server has received all of the first
      HttpAnswer answer = RawClient.exchange(http.port(), second);
      assertEquals(503, answer.status());
      assertEquals("1", answer.header("retry-after"));
      assertEquals(-32603, answer.error());
      assertEquals(200, RawClient.exchange(http.port(), HttpText.legacyPing(3)).status());
      first.leave();
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Waiting.SECONDS);
      do { // until the server knows that the first has gone
        answer = RawClient.exchange(http.port(), second);
      } while (answer.status() == 503 && System.nanoTime() < end);
      assertEquals(200, answer.status());
      assertNull(answer.header("retry-after"));
    }
  }

  /** What has arrived of a request that is refused by its headers takes no memory afterwards. */
  @Test
  void refusedContentIsNotKept() throws Exception {
    start(inFlight(100_000));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Waiting.SECONDS);
    int refused = 0;
    while (refused < 10 && System.nanoTime() < end) {
      try (RawClient client = connect()) {
        HttpText request = HttpText.legacyPing(refused)
            .header("Content-Type", "text/plain")
            .header("Content-Length", "100000");
        client.send(new String(request.head(), StandardCharsets.ISO_8859_1) + " ".repeat(60_000));
        int status = client.receive().status();
        if (status
            != 503) { // the one before has its answer, and may not have given its memory back
          assertEquals(415, status);
          refused++;
        }
      }
    }
    assertEquals(10, refused);
    HttpText ping = HttpText.legacyPing(2).body(HttpText.legacyPing(2).contentText() + pad());
    assertEquals(200, RawClient.exchange(http.port(), ping).status());
  }

  @Test
  void settingsAreChecked() throws Exception {
    McpHttpServer.Builder settings = settings();
    assertThrows(IllegalArgumentException.class, () -> settings.receiveTimeout(Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> settings.maxBytesInFlight(0));
    McpHttpServer.Builder tooFew = settings().maxBytesInFlight(100_000); // with the usual limits
    assertEquals(
        "maxBytesInFlight must be at least 4194304, the maximum size of a message (limits), was 100000",
        assertThrows(IllegalArgumentException.class, tooFew::start).getMessage());
    start(settings);
  }
}
