package dev.statelessmcp.stdio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.json.JsonLimits;
import dev.statelessmcp.subscription.ChangeFeed;
import dev.statelessmcp.testing.TestTools;
import dev.statelessmcp.testing.Waiting;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Paths that hardly any call takes. */
class UnusualTest {
  private static final String LISTEN = "{\"jsonrpc\":\"2.0\",\"id\":1,"
      + "\"method\":\"subscriptions/listen\",\"params\":{"
      + "\"notifications\":{\"toolsListChanged\":true},\"_meta\":{"
      + "\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
      + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}";

  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private final CountDownLatch ran = new CountDownLatch(1);

  private final Tool first = TestTools.tool("first", (none, call) -> {
    started.countDown();
    Waiting.await(release);
    return ToolResult.text("first");
  });

  private final Tool second = TestTools.tool("second", (none, call) -> {
    ran.countDown();
    return ToolResult.text("second");
  });

  /** An interrupt that an interceptor leaves would close the channels of this connection. */
  @Test
  void interruptOfAnInterceptorDoesNotAbortTheAnswer() throws Exception {
    McpServer server = McpServer.named("n", "1")
        .tool(TestTools.echo())
        .interceptor((operation, next) -> {
          try {
            return next.call();
          } finally {
            Thread.currentThread().interrupt();
          }
        })
        .build();
    try (StdioClient client = StdioClient.of(server)) {
      client.send(Messages.initialize("1", "2025-11-25"));
      assertEquals(1, client.receive().path("id").intValue());
      client.send(Messages.cancelled("99"));
      client.send(Messages.ping("2"));
      assertEquals(2, client.receive().path("id").intValue());
      client.send(Messages.legacyCall("3", "nobody", "{}"));
      assertEquals(3, client.receive().path("id").intValue());
      client.send("not JSON");
      assertEquals(-32700, client.receive().at("/error/code").intValue());
      client.send(Messages.legacyCall("4", "echo", "{\"text\":\"x\"}"));
      assertEquals(4, client.receive().path("id").intValue());
      assertEquals(List.of(), client.rest());
    }
  }

  /**
   * A subscription ends just when another call has given its place back, and has not yet begun the
   * call that waits for it: it gets that call, and must serve it.
   */
  @Test
  void subscriptionThatEndsServesTheCallThatWaits() throws Exception {
    McpServer server = McpServer.named("n", "1")
        .tool(first)
        .tool(second)
        .changes(ChangeFeed.inProcess())
        .build();
    PipedInputStream in = new PipedInputStream(1 << 16);
    PipedInputStream answers = new PipedInputStream(1 << 16);
    Connection connection = new Connection(oneCall(server), new PipedOutputStream(answers));
    Thread transport = new Thread(connection::serve);
    try (PipedOutputStream client = new PipedOutputStream(in)) {
      connection.start(in);
      transport.start();
      send(client, LISTEN);
      assertTrue(line(answers).contains("acknowledged"));
      send(client, Messages.modernCall("2", "first", "{}"));
      Waiting.await(started);
      send(client, Messages.modernCall("3", "second", "{}"));
      awaitUnfinished(connection, 3);
      StdioCall holder = connection.calls().unfinished().get(1);
      connection.calls().leave(holder); // as a call does that begins to wait for its client
      send(client, Messages.cancelled("1"));
      Waiting.await(ran);
      release.countDown();
    }
    Waiting.join(transport);
  }

  /**
   * A channel is closed, and with it the connection of all calls, if the thread that writes to it
   * is interrupted: so a call that is cancelled meanwhile is interrupted after its write.
   */
  @Test
  void callThatIsCancelledWhileItWritesIsInterruptedAfterwards() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    List<Boolean> interrupted = new CopyOnWriteArrayList<>();
    PipedInputStream in = new PipedInputStream(1 << 16);
    PipedInputStream answers = new PipedInputStream(1 << 16);
    McpServer server = McpServer.named("n", "1")
        .tool(TestTools.tool("step", (none, call) -> {
          call.progress(1, 2, "half");
          interrupted.add(Thread.interrupted());
          return ToolResult.text("done");
        }))
        .interceptor((operation, next) -> {
          if (operation.method().equals("notifications/behind")) {
            seen.countDown();
          }
          return next.call();
        })
        .build();
    try (PipedOutputStream client = new PipedOutputStream(in);
        PipedOutputStream out = new PipedOutputStream(answers) {
          @Override
          public void write(byte[] bytes, int from, int count) throws IOException {
            if (new String(bytes, from, count, StandardCharsets.UTF_8).contains("half")) {
              try {
                send(client, Messages.cancelled("1"));
                send(client, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/behind\"}");
                awaitAlsoIfInterrupted(seen);
              } catch (Exception e) {
                throw new IOException(e);
              }
              interrupted.add(Thread.currentThread().isInterrupted());
            }
            super.write(bytes, from, count);
          }
        }) {
      Connection connection = new Connection(oneCall(server), out);
      Thread transport = new Thread(connection::serve);
      connection.start(in);
      transport.start();
      send(client, Messages.modernCallWithProgress("1", "step", "1"));
      assertTrue(line(answers).contains("half"));
      awaitUnfinished(connection, 0);
      assertEquals(List.of(false, true), interrupted);
      connection.end();
      Waiting.join(transport);
    }
  }

  private static void awaitAlsoIfInterrupted(CountDownLatch latch) {
    long end = System.nanoTime() + Duration.ofSeconds(Waiting.SECONDS).toNanos();
    while (latch.getCount() > 0 && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertEquals(0, latch.getCount());
  }

  private static StdioSettings oneCall(McpServer server) {
    Duration time = Duration.ofSeconds(Waiting.SECONDS);
    return new StdioSettings(server, JsonLimits.DEFAULT, time, Duration.ZERO, false, time, 1);
  }

  /** The process cannot start more threads: calls that have a place are served and release it. */
  @Test
  void noPlaceIsLostIfNoThreadCanBeStarted() throws Exception {
    McpServer server = McpServer.named("n", "1")
        .tool(TestTools.echo())
        .changes(ChangeFeed.inProcess())
        .build();
    ExecutorService none = new AbstractExecutorService() {
      @Override
      public void execute(Runnable task) {
        throw new OutOfMemoryError("unable to create native thread");
      }

      @Override
      public void shutdown() {}

      @Override
      public List<Runnable> shutdownNow() {
        return List.of();
      }

      @Override
      public boolean isShutdown() {
        return false;
      }

      @Override
      public boolean isTerminated() {
        return false;
      }

      @Override
      public boolean awaitTermination(long time, TimeUnit unit) {
        return true;
      }
    };
    PipedInputStream in = new PipedInputStream(1 << 16);
    PipedInputStream answers = new PipedInputStream(1 << 16);
    Connection connection = new Connection(oneCall(server), new PipedOutputStream(answers), none);
    Thread transport = new Thread(connection::serve);
    try (PipedOutputStream client = new PipedOutputStream(in)) {
      connection.start(in);
      transport.start();
      send(client, Messages.initialize("1", "2025-03-26"));
      assertTrue(line(answers).contains("2025-03-26"));
      for (int i = 0; i < 100; i++) { // more than there may be subscriptions
        send(client, LISTEN);
        assertTrue(line(answers).contains("No thread"));
        send(client, "[" + Messages.ping("2") + "]");
        assertEquals("[{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}}]", line(answers));
      }
      awaitUnfinished(connection, 0);
    }
    Waiting.join(transport);
  }

  private static String line(PipedInputStream answers) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = answers.read(); c >= 0 && c != '\n'; c = answers.read()) {
      line.append((char) c);
    }
    return line.toString();
  }

  private static void send(PipedOutputStream client, String line) throws Exception {
    client.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    client.flush();
  }

  private static void awaitUnfinished(Connection connection, int calls) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(Waiting.SECONDS).toNanos();
    while (connection.calls().unfinished().size() != calls && System.nanoTime() < end) {
      Thread.sleep(1);
    }
    assertEquals(calls, connection.calls().unfinished().size());
  }
}
