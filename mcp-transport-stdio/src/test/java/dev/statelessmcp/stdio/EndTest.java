package dev.statelessmcp.stdio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.testing.TestTools;
import dev.statelessmcp.testing.Waiting;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The end of the input, and an output that breaks. */
class EndTest {
  private static final Duration LONG = Duration.ofSeconds(2 * Waiting.SECONDS);
  private static final Duration SHORT = Duration.ofMillis(10);

  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch cancelled = new CountDownLatch(1);
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);

  /** Waits to be released or interrupted. */
  private final Tool waits = TestTools.tool("wait", (none, call) -> {
    call.cancellation().onCancel(cancelled::countDown);
    return TestTools.waitForRelease(started, release, interrupted);
  });

  /** Waits to be released, and ignores interrupts. */
  private final Tool stubborn = TestTools.tool("stubborn", (none, call) -> {
    started.countDown();
    Waiting.awaitUninterruptibly(release);
    return ToolResult.text("done all the same");
  });

  private StdioTransport transport(Duration grace) {
    Tool speaks = TestTools.tool("speak", (none, call) -> {
      call.progress(1, 0, null);
      return ToolResult.text("said");
    });
    return StdioTransport.of(TestTools.server(waits, stubborn, speaks)).grace(grace);
  }

  @Test
  void answersInFlightAreWrittenAfterTheEndOfTheInput() throws Exception {
    try (StdioClient client = StdioClient.of(transport(LONG))) {
      client.send(Messages.modernCall("1", "wait", "{}"));
      Waiting.await(started);
      client.endAndWait();
      release.countDown();
      assertEquals("done", Messages.text(client.receive()));
      client.awaitReturn();
    }
  }

  @Test
  void everythingThatWasSentIsAnsweredBeforeTheEnd() {
    StringBuilder input = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      input.append(Messages.ping(Integer.toString(i))).append('\n');
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    transport(LONG)
        .run(new ByteArrayInputStream(input.toString().getBytes(StandardCharsets.UTF_8)), out);
    assertEquals(200, out.toString(StandardCharsets.UTF_8).lines().count());
  }

  @Test
  void handlersAreInterruptedAfterTheGraceTime() throws Exception {
    try (StdioClient client = StdioClient.of(transport(SHORT))) {
      client.send(Messages.modernCall("1", "wait", "{}"));
      Waiting.await(started);
      assertEquals(List.of(), client.rest());
      Waiting.await(interrupted);
      Waiting.await(cancelled);
    }
  }

  @Test
  void handlersAreInterruptedAtOnceWithoutAGraceTime() throws Exception {
    try (StdioClient client = StdioClient.of(transport(Duration.ZERO))) {
      client.send(Messages.modernCall("1", "wait", "{}"));
      Waiting.await(started);
      assertEquals(List.of(), client.rest());
      Waiting.await(interrupted);
    }
  }

  @Test
  void handlersInABatchAreCancelledAfterTheGraceTimeToo() throws Exception {
    try (StdioClient client = StdioClient.of(transport(SHORT))) {
      client.send("[" + Messages.legacyCall("1", "wait", "{}") + "]");
      Waiting.await(started);
      assertEquals(List.of(), client.rest());
      Waiting.await(interrupted);
      Waiting.await(cancelled);
    }
  }

  @Test
  void twoCallsWithOneIdAreBothCancelledAfterTheGraceTime() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    CountDownLatch bothStarted = new CountDownLatch(2);
    Tool pair = TestTools.tool("pair", (none, call) -> {
      call.cancellation().onCancel(both::countDown);
      bothStarted.countDown();
      Waiting.await(release);
      return ToolResult.text("done");
    });
    StdioTransport transport = StdioTransport.of(TestTools.server(pair)).grace(SHORT);
    try (StdioClient client = StdioClient.of(transport)) {
      client.send(Messages.modernCall("1", "pair", "{}"), Messages.modernCall("1", "pair", "{}"));
      Waiting.await(bothStarted);
      client.end();
      Waiting.await(both);
      client.awaitReturn();
    }
  }

  @Test
  void handlerThatIgnoresTheInterruptDoesNotKeepTheTransport() throws Exception {
    try (StdioClient client = StdioClient.of(transport(SHORT))) {
      client.send(Messages.modernCall("1", "stubborn", "{}"));
      Waiting.await(started);
      client.end();
      client.awaitReturn();
      assertEquals(1, release.getCount());
      release.countDown();
      assertEquals(List.of(), client.rest());
    }
  }

  @Test
  void threadsOfHandlersDoNotKeepTheProcess() {
    Tool daemon = TestTools.tool(
        "daemon",
        (none, call) -> ToolResult.text(Thread.currentThread().isDaemon() ? "daemon" : "user"));
    try (McpTestClient client = McpTestClient.of(PipedServer.of(TestTools.server(daemon)))) {
      client.call("daemon").hasText("daemon");
    }
  }

  @Test
  void outputThatBreaksCancelsHandlersAndEndsTheTransport() throws Exception {
    try (StdioClient client = StdioClient.of(transport(LONG))) {
      client.send(Messages.modernCall("1", "wait", "{}"));
      Waiting.await(started);
      client.breakOutput();
      client.send(Messages.modernCallWithProgress("2", "speak", "1"));
      Waiting.await(cancelled);
      Waiting.await(interrupted);
      client.awaitReturn(); // although the input is still open
    }
  }

  @Test
  void outputThatBreaksCancelsHandlersInABatchToo() throws Exception {
    try (StdioClient client = StdioClient.of(transport(LONG))) {
      client.send("[" + Messages.legacyCall("1", "wait", "{}") + "]");
      Waiting.await(started);
      client.breakOutput();
      client.send(Messages.ping("2"));
      Waiting.await(cancelled);
      Waiting.await(interrupted);
    }
  }

  @Test
  void nothingIsStartedOnceTheOutputIsBroken() throws Exception {
    try (StdioClient client = StdioClient.of(transport(SHORT))) {
      client.breakOutput();
      client.send(Messages.ping("1"), "not JSON"); // whichever is written first, it breaks
      client.send(Messages.modernCall("2", "wait", "{}"));
      client.awaitReturn();
      assertTrue(
          started.getCount() == 1 || cancelled.getCount() == 0,
          "a call runs on for a client that is gone");
    }
  }
}
