package dev.statelessmcp.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.testing.TestTools;
import dev.statelessmcp.testing.Waiting;
import dev.statelessmcp.tool.ToolResult;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Stopping while something is going on. */
class StopTest {
  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);

  private final McpServer server = TestTools.server(
      TestTools.tool("wait", (none, call) -> {
        return TestTools.waitForRelease(started, release, interrupted);
      }),
      TestTools.tool("stubborn", (none, call) -> {
        started.countDown();
        Waiting.awaitUninterruptibly(release);
        return ToolResult.text("done all the same");
      }));

  @AfterEach
  void releaseHandlers() {
    release.countDown();
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT) // a stop waits
  void callInFlightIsAnsweredAndOthersAreRefused() throws Exception {
    Duration patience = Duration.ofSeconds(2 * Waiting.SECONDS);
    McpHttpServer http =
        McpHttpServer.builder(server).port(0).stopTimeout(patience).start();
    int port = http.port();
    try (RawClient idle = new RawClient(port);
        RawClient client = new RawClient(port)) {
      assertEquals(200, idle.exchange(HttpText.legacyPing(1)).status());
      client.send(HttpText.legacyCall(1, "wait", "{}"));
      Waiting.await(started);
      Closing closing = Closing.start(http);
      awaitRefusal(port);
      release.countDown();
      HttpAnswer answer = client.receive();
      assertEquals(200, answer.status());
      assertEquals("done", answer.text());
      assertEquals("closed", closing.result());
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT) // a stop waits
  void streamInFlightIsEndedByItsAnswer() throws Exception {
    Duration patience = Duration.ofSeconds(2 * Waiting.SECONDS);
    McpHttpServer http = McpHttpServer.builder(server)
        .port(0)
        .stopTimeout(patience)
        .silence(Duration.ofMillis(20))
        .start();
    int port = http.port();
    try (RawClient client = new RawClient(port)) {
      client.send(HttpText.modernCall(1, "wait", "{}"));
      HttpAnswer head = client.receiveHead();
      Closing closing = Closing.start(http);
      awaitRefusal(port);
      release.countDown();
      String last = null;
      for (String line : client.lines(head).lines().toList()) {
        last = line.startsWith("data:") ? line.substring(5) : last;
      }
      assertEquals("done", HttpAnswer.text(HttpAnswer.parse(last)));
      assertEquals("closed", closing.result());
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT) // a stop waits
  void callThatTakesTooLongDoesNotKeepTheServer() throws Exception {
    McpHttpServer http = McpHttpServer.builder(server)
        .port(0)
        .stopTimeout(Duration.ofMillis(100))
        .start();
    int port = http.port();
    try (RawClient client = new RawClient(port)) {
      client.send(HttpText.legacyCall(1, "stubborn", "{}"));
      Waiting.await(started);
      Closing closing = Closing.start(http);
      assertEquals("closed", closing.result());
      awaitRefusal(port);
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT) // a stop waits
  void callThatTakesTooLongIsInterrupted() throws Exception {
    McpHttpServer http = McpHttpServer.builder(server)
        .port(0)
        .stopTimeout(Duration.ofMillis(100))
        .start();
    try (RawClient client = new RawClient(http.port())) {
      client.send(HttpText.modernCall(1, "wait", "{}"));
      Waiting.await(started);
      Closing closing = Closing.start(http);
      Waiting.await(interrupted);
      closing.result();
    }
  }

  /** Jetty's threads may wait like this if a write fails while they close the connection. */
  @Test
  void selectorThatWaitsForeverIsInterrupted() throws Exception {
    CountDownLatch freed = new CountDownLatch(1);
    stopWhile(() -> {
      try {
        release.await();
      } catch (InterruptedException e) {
        freed.countDown();
      }
    });
    Waiting.await(freed);
  }

  @Test
  void selectorThatCannotBeInterruptedDoesNotKeepTheServer() throws Exception {
    stopWhile(() -> Waiting.awaitUninterruptibly(release));
  }

  /** Stops a server, and does something on the thread that closes a connection. */
  private void stopWhile(Runnable closingConnection) throws Exception {
    CountDownLatch closing = new CountDownLatch(1);
    McpHttpServer http = McpHttpServer.builder(server)
        .port(0)
        .stopTimeout(Duration.ofMillis(100))
        .protocol(settings -> {
          settings.addCustomizer((request, headers) -> {
            request.addFailureListener(failure -> {
              closing.countDown();
              closingConnection.run();
            });
            return request;
          });
          return new HTTP2CServerConnectionFactory(settings);
        })
        .start();
    int port = http.port();
    try (RawClient client = new RawClient(port)) {
      client.send(HttpText.legacyCall(1, "wait", "{}"));
      Waiting.await(started);
      Closing stop = Closing.start(http);
      Waiting.await(closing);
      assertEquals("closed", stop.result());
      awaitRefusal(port);
    }
  }

  /** Connects until the port is closed. */
  private static void awaitRefusal(int port) throws IOException {
    long end = System.nanoTime() + Duration.ofSeconds(Waiting.SECONDS).toNanos();
    while (System.nanoTime() < end) {
      try {
        new RawClient(port).leave();
      } catch (ConnectException e) {
        return;
      } catch (SocketException e) {
        // Taken by the listening socket just before it was closed; the next one will not be
      }
    }
    throw new AssertionError("the server still listens");
  }

  /** A server that is being closed on another thread. */
  private static final class Closing {
    private final AtomicReference<String> outcome = new AtomicReference<>("not closed");
    private final Thread thread;

    private Closing(McpHttpServer http) {
      thread = new Thread(
          () -> {
            try {
              http.close();
              outcome.set(Thread.interrupted() ? "closed, and interrupted" : "closed");
            } catch (RuntimeException e) {
              outcome.set(e.toString());
            }
          },
          "closing");
      thread.setDaemon(true);
    }

    static Closing start(McpHttpServer http) {
      Closing closing = new Closing(http);
      closing.thread.start();
      return closing;
    }

    String result() throws InterruptedException {
      Waiting.join(thread);
      return outcome.get();
    }
  }
}
