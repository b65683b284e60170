package dev.statelessmcp.stdio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.test.TestCall;
import dev.statelessmcp.testing.TestTools;
import dev.statelessmcp.testing.Waiting;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** {@code notifications/cancelled}, in both eras. */
class CancellationTest {
  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private final CountDownLatch otherStarted = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private final AtomicBoolean otherCancelled = new AtomicBoolean();

  /** Waits to be interrupted. */
  private final Tool victim = TestTools.tool("victim", (none, call) -> {
    started.countDown();
    try {
      Waiting.await(new CountDownLatch(1));
    } catch (InterruptedException e) {
      assertTrue(call.cancellation().isCancelled());
      call.progress(2, 2, "after the cancellation");
      interrupted.countDown();
      throw e;
    }
    return ToolResult.text("not cancelled");
  });

  /** Waits to be released. */
  private final Tool other = TestTools.tool("other", (none, call) -> {
    otherStarted.countDown();
    Waiting.await(release);
    otherCancelled.set(call.cancellation().isCancelled());
    return ToolResult.text("done");
  });

  private final McpServer server = TestTools.server(victim, other, TestTools.echo());

  @Test
  void modernCallIsInterruptedAndNotAnswered() throws Exception {
    cancels(McpTestClient.of(PipedServer.of(server)));
  }

  @Test
  void legacyCallIsInterruptedAndNotAnswered() throws Exception {
    cancels(McpTestClient.of(PipedServer.of(server)).legacy());
  }

  /** The end of the client fails if the cancelled call is answered or reports progress. */
  private void cancels(McpTestClient client) throws Exception {
    try (client) {
      TestCall cancelled = client.start("victim");
      TestCall running = client.start("other");
      Waiting.await(started);
      Waiting.await(otherStarted);
      cancelled.cancel();
      Waiting.await(interrupted);
      release.countDown();
      running.answer().hasText("done");
      assertFalse(otherCancelled.get());
      client.call("echo", Map.of("text", "still here")).hasText("still here");
    }
  }

  @Test
  void idsAreComparedAsJson() throws Exception {
    try (StdioClient client = StdioClient.of(server)) {
      client.send(Messages.modernCall("\"1\"", "victim", "{}"));
      Waiting.await(started);
      client.send(Messages.cancelled("1"), Messages.ping("2"));
      assertEquals(2, client.receive().get("id").intValue());
      assertEquals(1, interrupted.getCount(), "1 is not \"1\"");
      client.send(Messages.cancelled("\"1\""));
      Waiting.await(interrupted);
      assertEquals(List.of(), client.rest());
    }
  }

  @Test
  void cancellationsOfNothingAreIgnored() throws Exception {
    try (StdioClient client = StdioClient.of(server)) {
      client.send(Messages.legacyCall("1", "other", "{}"));
      Waiting.await(otherStarted);
      client.send(
          Messages.cancelled("99"),
          Messages.cancelled("null"),
          Messages.cancelled("{}"),
          Messages.cancelled("1.5"),
          "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\"}",
          "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{}}",
          Messages.ping("2"));
      assertEquals(2, client.receive().get("id").intValue());
      release.countDown();
      assertEquals("done", Messages.text(client.receive()));
      assertFalse(otherCancelled.get());
      client.send(Messages.cancelled("1"), Messages.cancelled("2"), Messages.ping("3"));
      assertEquals(3, client.receive().get("id").intValue());
      assertEquals(List.of(), client.rest());
    }
  }

  @Test
  void secondCancellationIsIgnored() throws Exception {
    try (StdioClient client = StdioClient.of(server)) {
      client.send(Messages.modernCall("1", "victim", "{}"));
      Waiting.await(started);
      client.send(Messages.cancelled("1"), Messages.cancelled("1"));
      Waiting.await(interrupted);
      client.send(Messages.cancelled("1"), Messages.ping("2"));
      assertEquals(2, client.receive().get("id").intValue());
      assertEquals(List.of(), client.rest());
    }
  }

  @Test
  void idCanBeUsedAgainAfterACancellation() throws Exception {
    try (StdioClient client = StdioClient.of(server)) {
      client.send(Messages.modernCall("1", "victim", "{}"));
      Waiting.await(started);
      client.send(
          Messages.cancelled("1"), Messages.modernCall("1", "echo", "{\"text\":\"again\"}"));
      assertEquals("again", Messages.text(client.receive()));
      Waiting.await(interrupted);
      assertEquals(List.of(), client.rest());
    }
  }

  @Test
  void answerOfAHandlerThatIgnoresTheInterruptIsNotSent() throws Exception {
    CountDownLatch cancelled = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Tool stubborn = TestTools.tool("stubborn", (none, call) -> {
      call.cancellation().onCancel(cancelled::countDown);
      started.countDown();
      Waiting.awaitUninterruptibly(end);
      call.progress(1, 1, null);
      return ToolResult.text("done all the same");
    });
    try (McpTestClient client = McpTestClient.of(PipedServer.of(TestTools.server(stubborn)))) {
      TestCall call = client.start("stubborn");
      Waiting.await(started);
      call.cancel();
      Waiting.await(cancelled);
      end.countDown();
    }
  }

  @Test
  void cancellationThatComesWithItsRequestCounts() throws Exception {
    Duration patience = Duration.ofSeconds(2 * Waiting.SECONDS); // the end interrupts nothing
    try (StdioClient client = StdioClient.of(StdioTransport.of(server).grace(patience))) {
      client.send(
          Messages.modernCall("1", "victim", "{}"), Messages.cancelled("1"), Messages.ping("2"));
      assertEquals(2, client.receive().get("id").intValue());
      assertEquals(List.of(), client.rest());
    }
  }

  @Test
  void callInABatchCanBeCancelledToo() throws Exception {
    try (StdioClient client = StdioClient.of(server)) {
      client.send(Messages.initialize("0", "2025-03-26"));
      assertTrue(client.receive().has("result"));
      client.send("[" + Messages.legacyCall("1", "victim", "{}") + "," + Messages.ping("2") + "]");
      Waiting.await(started);
      client.send(Messages.cancelled("1"));
      Waiting.await(interrupted);
    }
  }

  @Test
  void cancellationMayComeInABatch() throws Exception {
    try (StdioClient client = StdioClient.of(server)) {
      client.send(Messages.initialize("0", "2025-03-26"));
      assertTrue(client.receive().has("result"));
      client.send(Messages.legacyCall("1", "victim", "{}"));
      Waiting.await(started);
      client.send("[" + Messages.cancelled("1") + "]");
      Waiting.await(interrupted);
      assertEquals(List.of(), client.rest());
    }
  }
}
