package dev.statelessmcp.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.http.StreamableHttp;
import dev.statelessmcp.intercept.Interceptor;
import dev.statelessmcp.json.JsonLimits;
import dev.statelessmcp.testing.Carrying;
import dev.statelessmcp.testing.SilentLog;
import dev.statelessmcp.testing.TestTools;
import dev.statelessmcp.testing.Waiting;
import dev.statelessmcp.tool.ToolResult;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Interceptors that fail on the way to a thread, and threads that cannot be had. */
@ExtendWith(SilentLog.class)
class FaultyCodeTest {
  private static final int MOST = 64 << 10;

  private final AtomicInteger rejections = new AtomicInteger(); // of the timer, that are left
  private final CountDownLatch release = new CountDownLatch(1);
  private Server server;
  private ServerConnector connector;

  /** A bounded pool may be full just when the timer needs a thread. */
  private final class Pool extends QueuedThreadPool {
    @Override
    public void execute(Runnable job) {
      if (Thread.currentThread().getName().contains("Scheduler")
          && rejections.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        throw new RejectedExecutionException("the pool is full");
      }
      super.execute(job);
    }
  }

  private void start(McpServer mcp, Duration silence, Duration receiveTimeout) throws Exception {
    StreamableHttp endpoint = StreamableHttp.builder(mcp)
        .path("/mcp")
        .limits(JsonLimits.DEFAULT.withMaxBytes(MOST))
        .build();
    McpHandler handler = new McpHandler(endpoint, silence);
    handler.setReceiveTimeout(receiveTimeout);
    handler.setMaxBytesInFlight(MOST);
    server = new Server(new Pool());
    connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(handler);
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

  private static HttpText large() {
    return HttpText.modernCall(1, "echo", "{\"text\":\"" + "x".repeat(40_000) + "\"}");
  }

  /** Otherwise each such request would take something of the memory for messages, for ever. */
  @Test
  void contentOfARequestThatDoesNotBeginIsReleased() throws Exception {
    AtomicInteger failures = new AtomicInteger(8);
    Interceptor carrier = new Carrying(work -> () -> {
      if (failures.getAndDecrement() > 0) {
        throw new IllegalStateException("nothing can be carried");
      }
      work.run();
    });
    McpServer mcp =
        McpServer.named("n", "1").interceptor(carrier).tool(TestTools.echo()).build();
    start(mcp, Duration.ofDays(1), Duration.ofSeconds(Waiting.SECONDS));
    for (int i = 0; i < 8; i++) {
      try (RawClient client = connect()) {
        byte[] content = large().content();
        client.send(large().head());
        if (i % 2 == 0) { // in one piece, or in two, of which the second comes on another thread
          client.send(content);
        } else {
          client.send(Arrays.copyOf(content, 20_000));
          Thread.sleep(20);
          client.send(Arrays.copyOfRange(content, 20_000, content.length));
        }
        assertEquals(500, client.receive().status());
      }
    }
    try (RawClient client = connect()) {
      assertEquals(40_000, client.exchange(large()).text().length());
    }
  }

  @Test
  void signOfLifeComesWhenAThreadCanBeHadAgain() throws Exception {
    McpServer mcp = TestTools.server(TestTools.tool("wait", (none, call) -> {
      Waiting.await(release);
      return ToolResult.text("done");
    }));
    rejections.set(3);
    start(mcp, Duration.ofMillis(50), Duration.ofSeconds(Waiting.SECONDS));
    try (RawClient client = connect()) {
      client.send(HttpText.modernCall(1, "wait", "{}"));
      assertEquals(":", client.lines(client.receiveHead()).readLine());
    }
    assertEquals(0, rejections.get());
  }

  @Test
  void contentThatTakesTooLongIsRefusedWithoutAThreadToo() throws Exception {
    start(TestTools.server(TestTools.echo()), Duration.ofDays(1), Duration.ofMillis(100));
    for (int i = 0; i < 4; i++) {
      rejections.set(1);
      try (RawClient client = connect()) {
        client.send(large().head());
        client.send(Arrays.copyOf(large().content(), 30_000));
        HttpAnswer answer = client.receive();
        assertEquals(408, answer.status());
        assertTrue(answer.errorMessage().contains("receiveTimeout"), answer::toString);
      }
      assertEquals(0, rejections.get());
    }
    try (RawClient client = connect()) {
      assertEquals(40_000, client.exchange(large()).text().length());
    }
  }
}
