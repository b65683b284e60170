package dev.statelessmcp.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.http.HttpDocument;
import dev.statelessmcp.http.StreamableHttp;
import dev.statelessmcp.testing.Probe;
import dev.statelessmcp.testing.TestTools;
import dev.statelessmcp.testing.Waiting;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** MCP as one handler of somebody else's server. */
class McpHandlerTest {
  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch cancelled = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);

  private final Tool wait = TestTools.tool("wait", (none, call) -> {
    started.countDown();
    Waiting.await(release);
    return ToolResult.text("done");
  });

  /** Says more than anybody reads. */
  private final Tool flood = TestTools.tool("flood", (none, call) -> {
    call.cancellation().onCancel(cancelled::countDown);
    String text = "x".repeat(100_000);
    for (int i = 1; !call.cancellation().isCancelled(); i++) {
      call.progress(i, 0, text);
    }
    return ToolResult.text("done");
  });

  private final McpServer mcp = TestTools.server(TestTools.echo(), wait, flood);
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);

  private void start(Handler... handlers) throws Exception {
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(new Handler.Sequence(handlers));
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    release.countDown();
    server.stop();
  }

  private RawClient connect() throws Exception {
    return new RawClient(connector.getLocalPort());
  }

  private HttpAnswer exchange(HttpText request) throws Exception {
    return RawClient.exchange(connector.getLocalPort(), request);
  }

  private McpHandler handler() {
    return new McpHandler(StreamableHttp.builder(mcp).path("/mcp").build(), Duration.ofDays(1));
  }

  /** Answers everything with its path. */
  private static final class Paths extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      Content.Sink.write(response, true, "other " + Request.getPathInContext(request), callback);
      return true;
    }
  }

  @Test
  void livesUnderAContextPathBesideOtherHandlers() throws Exception {
    start(
        new ContextHandler(handler(), "/echo"),
        new ContextHandler(new Paths(), "/app"),
        new Paths());
    HttpText call = HttpText.modernCall(1, "echo", "{\"text\":\"hi\"}");
    for (String path : List.of("/echo/mcp", "/echo/mcp/")) {
      HttpAnswer answer = exchange(call.at(path));
      assertEquals(200, answer.status(), answer::toString);
      assertEquals("hi", answer.text());
    }
    for (String path : List.of("/", "/mcp", "/mcp/", "/echo/mcp/more", "/echomcp", "/other")) {
      HttpAnswer answer = exchange(call.at(path));
      assertEquals(200, answer.status(), path);
      assertEquals("other " + path, answer.body());
    }
    assertEquals("other /x", exchange(HttpText.of("GET", "/app/x")).body());
  }

  @Test
  void documentsLiveBesideTheEndpointBehindTheContextPath() throws Exception {
    StreamableHttp endpoint = StreamableHttp.builder(mcp)
        .path("/mcp")
        .document("/mcp/server-card", request -> HttpDocument.text("card"))
        .build();
    start(new ContextHandler(new McpHandler(endpoint), "/echo"), new Paths());
    HttpAnswer card = exchange(HttpText.of("GET", "/echo/mcp/server-card"));
    assertEquals(200, card.status(), card::toString);
    assertEquals("card", card.body());
    assertEquals("", exchange(HttpText.of("HEAD", "/echo/mcp/server-card")).body());
    assertEquals(405, exchange(HttpText.of("POST", "/echo/mcp/server-card")).status());
    assertEquals(
        "other /mcp/server-card",
        exchange(HttpText.of("GET", "/mcp/server-card")).body());
  }

  @Test
  void endpointWithoutAPathTakesItsWholeContext() throws Exception {
    McpHandler everywhere = new McpHandler(StreamableHttp.builder(mcp).build());
    start(new ContextHandler(everywhere, "/echo"), new Paths());
    for (String path : List.of("/echo/", "/echo/mcp", "/echo/a/b")) {
      HttpText call = HttpText.modernCall(1, "echo", "{\"text\":\"hi\"}").at(path);
      assertEquals("hi", exchange(call).text(), path);
    }
    assertEquals("other /", exchange(HttpText.legacyPing(1).at("/")).body());
  }

  /** They may be answered by other handlers, such as one for the metadata of OAuth. */
  @Test
  void endpointWithoutAPathLeavesProbesToTheNextHandler() throws Exception {
    start(new McpHandler(StreamableHttp.builder(mcp).build()), new Paths());
    for (Probe probe : Probe.all("/mcp")) {
      if (probe.path().contains("//")) {
        continue; // which a server of Jetty refuses by default
      }
      HttpText request = HttpText.of(probe.method(), probe.path()).body(probe.content());
      HttpAnswer answer = exchange(request);
      assertEquals(200, answer.status(), answer::toString);
      String expected = probe.method().equals("HEAD") ? "" : "other " + probe.path();
      assertEquals(expected, answer.body());
    }
  }

  @Test
  void twoEndpointsLiveBesideEachOther() throws Exception {
    McpServer second =
        TestTools.server(TestTools.tool("second", (none, call) -> ToolResult.text("second")));
    start(
        handler(),
        new McpHandler(StreamableHttp.builder(second).path("/mcp2").build(), Duration.ofDays(1)));
    HttpText first = HttpText.modernCall(1, "echo", "{\"text\":\"first\"}");
    assertEquals("first", exchange(first).text());
    assertEquals(
        "second", exchange(HttpText.modernCall(1, "second", "{}").at("/mcp2")).text());
    assertEquals(404, exchange(HttpText.legacyPing(1).at("/mcp3")).status());
  }

  @Test
  void onlyThisMachineIsAcceptedByDefault() throws Exception {
    start(handler());
    assertEquals(
        403, exchange(HttpText.legacyPing(1).header("Host", "evil.example")).status());
    assertEquals(
        403,
        exchange(HttpText.legacyPing(1).header("Origin", "http://evil.example")).status());
  }

  @Test
  void clientThatLeavesCancelsItsCallInAnyServer() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    McpServer waiting = TestTools.server(TestTools.tool("wait", (none, call) -> {
      return TestTools.waitForRelease(started, release, interrupted);
    }));
    start(new McpHandler(
        StreamableHttp.builder(waiting).path("/mcp").build(), Duration.ofMillis(20)));
    try (RawClient client = connect()) {
      client.send(HttpText.modernCall(1, "wait", "{}"));
      Waiting.await(started);
      client.reset();
      Waiting.await(interrupted);
    }
  }

  /** The uploads began after the call, and each of them shows that the idle timeout has passed. */
  @Test
  void idleTimeoutEndsAStalledUploadAndNoSlowCall() throws Exception {
    connector.setIdleTimeout(100);
    start(handler());
    try (RawClient legacy = connect();
        RawClient modern = connect()) {
      legacy.send(HttpText.legacyCall(1, "wait", "{}"));
      modern.send(HttpText.modernCall(2, "wait", "{}"));
      Waiting.await(started);
      for (int i = 0; i < 3; i++) {
        assertStalledUploadIsEnded();
      }
      release.countDown();
      assertEquals("done", legacy.receive().text());
      assertEquals("done", modern.receive().text());
    }
  }

  private void assertStalledUploadIsEnded() throws Exception {
    try (RawClient client = connect()) {
      client.send(HttpText.legacyPing(1).header("Content-Length", "1000").bytes());
      while (!client.isClosedByServer()) {
        Thread.onSpinWait(); // whatever it says before
      }
    }
  }

  /** With any error page of the server: it is a client error, and the answer shows no Java. */
  @Test
  void stalledUploadIsAClientError() throws Exception {
    connector.setIdleTimeout(100);
    start(handler());
    try (RawClient client = connect()) {
      client.send(HttpText.legacyPing(1).header("Content-Length", "1000").bytes());
      HttpAnswer answer;
      try {
        answer = client.receive();
      } catch (IOException e) {
        return; // closed without an answer
      }
      assertTrue(answer.status() >= 400 && answer.status() < 500, answer::toString);
      assertEquals(-32600, answer.error());
      assertFalse(answer.body().contains("Exception"), answer::body);
    }
  }

  @Test
  void idleConnectionIsEnded() throws Exception {
    connector.setIdleTimeout(100);
    start(handler());
    try (RawClient client = connect()) {
      assertEquals(200, client.exchange(HttpText.legacyPing(1)).status());
      assertTrue(client.isClosedByServer());
    }
  }

  @Test
  void clientThatDoesNotReadItsStreamIsGivenUp() throws Exception {
    connector.setIdleTimeout(100);
    start(handler());
    try (RawClient client = connect()) {
      client.send(HttpText.modernCallWithProgress(1, "flood"));
      client.receiveHead(); // and nothing more
      Waiting.await(cancelled);
    }
  }

  @Test
  void clientThatDoesNotReadItsAnswerIsGivenUp() throws Exception {
    connector.setIdleTimeout(1000);
    String large = "x".repeat(20 << 20); // more than the buffers of a connection hold
    McpServer talkative =
        TestTools.server(TestTools.tool("large", (none, call) -> ToolResult.text(large)));
    start(new McpHandler(
        StreamableHttp.builder(talkative).path("/mcp").maxConcurrentCalls(1).build(),
        Duration.ofDays(1)));
    try (RawClient client = connect()) {
      client.send(HttpText.legacyCall(1, "large", "{}"));
      client.receiveHead(); // and nothing more
      assertEquals(200, exchange(HttpText.legacyPing(2)).status()); // the place is free
      // The server is stopped only then: Jetty may wait forever for a write that fails while it
      // stops
      long end = System.nanoTime() + Duration.ofSeconds(Waiting.SECONDS).toNanos();
      while (!connector.getConnectedEndPoints().isEmpty() && System.nanoTime() < end) {
        Thread.sleep(5);
      }
      assertEquals(0, connector.getConnectedEndPoints().size());
    }
  }

  @Test
  void silenceMustBeMoreThanNothing() {
    StreamableHttp endpoint = StreamableHttp.builder(mcp).build();
    assertThrows(IllegalArgumentException.class, () -> new McpHandler(endpoint, Duration.ZERO));
    assertThrows(
        IllegalArgumentException.class, () -> new McpHandler(endpoint, Duration.ofMillis(-1)));
    assertThrows(NullPointerException.class, () -> new McpHandler(null));
  }
}
