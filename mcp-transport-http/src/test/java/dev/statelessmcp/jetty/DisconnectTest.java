package dev.statelessmcp.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.testing.TestTools;
import dev.statelessmcp.testing.Waiting;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that go away: to modern requests a cancellation, to legacy ones nothing. */
class DisconnectTest {
  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch cancelled = new CountDownLatch(1);
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private final CountDownLatch legacyStarted = new CountDownLatch(1);
  private final CountDownLatch legacyRelease = new CountDownLatch(1);
  private final CountDownLatch legacyEnded = new CountDownLatch(1);
  private final AtomicReference<String> legacyFate = new AtomicReference<>();

  /** Waits to be cancelled. */
  private final Tool victim = TestTools.tool("victim", (none, call) -> {
    call.cancellation().onCancel(cancelled::countDown);
    call.progress(1, 0, null);
    started.countDown();
    try {
      Waiting.await(new CountDownLatch(1));
    } catch (InterruptedException e) {
      interrupted.countDown();
      throw e;
    }
    return ToolResult.text("not cancelled");
  });

  /** Waits to be released, and says whether somebody wanted it to end before. */
  private final Tool legacy = TestTools.tool("legacy", (none, call) -> {
    legacyStarted.countDown();
    try {
      Waiting.await(legacyRelease);
      for (int i = 1; i <= 1000; i++) {
        call.progress(i, 1000, "x".repeat(10_000)); // more than any buffer takes
      }
      legacyFate.set(call.cancellation().isCancelled() ? "cancelled" : "went on");
    } catch (InterruptedException e) {
      legacyFate.set("interrupted");
    } finally {
      legacyEnded.countDown();
    }
    return ToolResult.text("done");
  });

  private final McpServer server = TestTools.server(victim, legacy);
  private McpHttpServer http;

  @BeforeEach
  void start() throws IOException {
    http = McpHttpServer.builder(server).port(0).silence(Duration.ofMillis(20)).start();
  }

  @AfterEach
  void stop() {
    legacyRelease.countDown();
    http.close();
  }

  private RawClient connect() throws IOException {
    return new RawClient(http.port());
  }

  private void assertVictimIsCancelled() throws Exception {
    Waiting.await(cancelled);
    Waiting.await(interrupted);
    assertEquals(200, RawClient.exchange(http.port(), HttpText.legacyPing(9)).status());
  }

  @Test
  void resetOfASilentModernCallCancelsIt() throws Exception {
    try (RawClient client = connect()) {
      client.send(HttpText.modernCall(1, "victim", "{}"));
      Waiting.await(started);
      client.reset();
      assertVictimIsCancelled();
    }
  }

  @Test
  void orderlyCloseOfASilentModernCallCancelsIt() throws Exception {
    try (RawClient client = connect()) {
      client.send(HttpText.modernCall(1, "victim", "{}"));
      Waiting.await(started);
      client.leave();
      assertVictimIsCancelled();
    }
  }

  @Test
  void closeOfAStreamCancelsItsCall() throws Exception {
    try (RawClient client = connect()) {
      client.send(HttpText.modernCallWithProgress(1, "victim"));
      HttpAnswer head = client.receiveHead();
      assertTrue(client.lines(head).readLine().startsWith("event:"));
      client.leave();
      assertVictimIsCancelled();
    }
  }

  @Test
  void otherCallsGoOn() throws Exception {
    try (RawClient other = connect();
        RawClient client = connect()) {
      other.send(HttpText.modernCall(2, "legacy", "{}"));
      Waiting.await(legacyStarted);
      client.send(HttpText.modernCall(1, "victim", "{}"));
      Waiting.await(started);
      client.reset();
      assertVictimIsCancelled();
      legacyRelease.countDown();
      HttpAnswer answer = other.receive();
      assertTrue(answer.body().contains("\"done\""), answer::toString);
      assertEquals("went on", legacyFate.get());
    }
  }

  @Test
  void clientThatOnlyEndsItsOutputGetsItsAnswer() throws Exception {
    try (RawClient client = connect()) {
      client.send(HttpText.modernCall(1, "legacy", "{}"));
      client.endOutput();
      Waiting.await(legacyStarted);
      HttpAnswer head = client.receiveHead(); // promoted
      assertTrue(client.lines(head).readLine().startsWith(":"));
      legacyRelease.countDown();
      Waiting.await(legacyEnded);
      assertEquals("went on", legacyFate.get());
    }
  }

  /** The cancelled call of a modern client that left later shows that there was time enough. */
  @Test
  void legacyClientThatLeavesCancelsNothing() throws Exception {
    try (RawClient old = connect();
        RawClient client = connect()) {
      old.send(HttpText.legacyCall(1, "legacy", "{}"));
      Waiting.await(legacyStarted);
      old.reset();
      client.send(HttpText.modernCall(1, "victim", "{}"));
      Waiting.await(started);
      client.reset();
      assertVictimIsCancelled();
      legacyRelease.countDown();
      Waiting.await(legacyEnded);
      assertEquals("went on", legacyFate.get());
    }
  }

  @Test
  void legacyClientThatLeavesItsStreamCancelsNothing() throws Exception {
    try (RawClient old = connect()) {
      old.send(HttpText.legacyCallWithProgress(1, "legacy"));
      Waiting.await(legacyStarted);
      old.reset();
      legacyRelease.countDown(); // writes to the closed connection from here on
      Waiting.await(legacyEnded);
      assertEquals("went on", legacyFate.get());
      assertEquals(200, RawClient.exchange(http.port(), HttpText.legacyPing(9)).status());
    }
  }

  @Test
  void postedCancellationEndsNothingOfAnyoneElse() throws Exception {
    try (RawClient client = connect();
        RawClient clock = connect()) {
      client.send(HttpText.legacyCall(1, "legacy", "{}"));
      Waiting.await(legacyStarted);
      HttpAnswer accepted = RawClient.exchange(
          http.port(),
          HttpText.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\","
              + "\"params\":{\"requestId\":1}}"));
      assertEquals(202, accepted.status());
      clock.send(HttpText.modernCall(1, "victim", "{}"));
      Waiting.await(started);
      legacyRelease.countDown();
      Waiting.await(legacyEnded);
      assertEquals("went on", legacyFate.get());
      assertFalse(cancelled.getCount() == 0);
      assertEquals("done", client.receive().text());
    }
  }
}
