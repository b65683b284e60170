package dev.statelessmcp.stdio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.testing.TestTools;
import dev.statelessmcp.testing.Waiting;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that send much before they read, or never read, and calls that last among short ones. */
class PipelineTest {
  private static final Duration LONG = Duration.ofSeconds(2 * Waiting.SECONDS);

  private final CountDownLatch release = new CountDownLatch(1);
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final AtomicInteger calls = new AtomicInteger();

  /** Waits to be released. */
  private final Tool waits = TestTools.tool("wait", (none, call) -> {
    most.accumulateAndGet(running.incrementAndGet(), Math::max);
    try {
      Waiting.await(release);
      return ToolResult.text("done");
    } finally {
      running.decrementAndGet();
    }
  });

  /** Is quick most times, and sometimes not. */
  private final Tool uneven = TestTools.tool("uneven", (none, call) -> {
    most.accumulateAndGet(running.incrementAndGet(), Math::max);
    try {
      if (calls.incrementAndGet() % 100 == 0) {
        Thread.sleep(3);
      }
      return ToolResult.text("done");
    } finally {
      running.decrementAndGet();
    }
  });

  private StdioTransport transport(int maxConcurrentCalls) {
    McpServer server = TestTools.server(waits, uneven, TestTools.echo());
    return StdioTransport.of(server).maxConcurrentCalls(maxConcurrentCalls).grace(LONG);
  }

  private static String echo(String id) {
    return Messages.modernCall(id, "echo", "{\"text\":\"x\"}");
  }

  private static String[] many(int count, String tool) {
    String[] lines = new String[count];
    for (int i = 0; i < count; i++) {
      lines[i] = tool.equals("echo") ? echo("" + i) : Messages.modernCall("" + i, tool, "{}");
    }
    return lines;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 256})
  void eachOfManyCallsIsAnsweredOnce(int maxConcurrentCalls) throws Exception {
    for (String tool : List.of("echo", "uneven")) {
      int count = 10_000;
      try (StdioClient client = StdioClient.of(transport(maxConcurrentCalls))) {
        client.send(many(count, tool));
        Map<String, JsonNode> answers = client.receiveById(count);
        for (JsonNode answer : answers.values()) {
          assertTrue(answer.has("result"), answer::toString);
        }
        assertEquals(List.of(), client.rest());
      }
    }
    assertTrue(most.get() <= maxConcurrentCalls, most + " calls ran at once");
  }

  @Test
  void nothingIsLostAtTheEndOfTheInput() {
    for (int maxConcurrentCalls : new int[] {1, 3, 256}) {
      String input = String.join("\n", many(3000, "uneven")); // the last line has no line break
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      transport(maxConcurrentCalls)
          .run(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), out);
      Set<Integer> ids = new HashSet<>();
      out.toString(StandardCharsets.UTF_8)
          .lines()
          .forEach(line -> ids.add(Messages.parse(line).get("id").intValue()));
      assertEquals(3000, ids.size());
    }
  }

  @Test
  void callThatBlocksDelaysNothing() throws Exception {
    try (StdioClient client = StdioClient.of(transport(256))) {
      // The server does not know yet that the first one blocks
      client.send(Messages.modernCall("1", "wait", "{}"), echo("2"), echo("3"));
      assertEquals(2, client.receiveById(2).size());
      client.send(Messages.modernCall("4", "wait", "{}"), echo("5"));
      assertEquals(5, client.receive().get("id").intValue());
      client.send(Messages.cancelled("1"), Messages.cancelled("4"), echo("6"));
      assertEquals(6, client.receive().get("id").intValue());
      assertEquals(List.of(), client.rest());
    }
  }

  @Test
  void answersBeforeACallThatBlocksAreSent() throws Exception {
    try (StdioClient client = StdioClient.of(transport(256))) {
      client.send(echo("1"), echo("2"), Messages.modernCall("3", "wait", "{}"));
      assertEquals(Set.of("1", "2"), client.receiveById(2).keySet());
      release.countDown();
      assertEquals("done", Messages.text(client.receive()));
    }
  }

  @Test
  void callThatWaitsForAPlaceIsCancelled() throws Exception {
    try (StdioClient client = StdioClient.of(transport(1))) {
      client.send(Messages.modernCall("1", "wait", "{}"), echo("2"), echo("3"));
      client.send(Messages.cancelled("2"), Messages.ping("4"));
      assertEquals(4, client.receive().get("id").intValue());
      release.countDown();
      assertEquals(Set.of("1", "3"), client.receiveById(2).keySet());
      assertEquals(List.of(), client.rest());
    }
  }

  /** The running call is cancelled by a message that stands behind waiting calls. */
  @Test
  void cancellationBehindWaitingCallsIsTaken() throws Exception {
    try (StdioClient client = StdioClient.of(transport(1))) {
      client.send(Messages.modernCall("\"victim\"", "wait", "{}"));
      client.send(many(500, "echo"));
      client.send(Messages.cancelled("\"victim\""));
      assertEquals(500, client.receiveById(500).size());
      assertEquals(List.of(), client.rest());
    }
  }

  @Test
  void batchWaitsForAPlaceToo() throws Exception {
    try (StdioClient client = StdioClient.of(transport(1))) {
      client.send(
          Messages.legacyCall("1", "wait", "{}"), "[" + Messages.ping("2") + "]", echo("3"));
      client.send(Messages.ping("4"));
      assertEquals(4, client.receive().get("id").intValue());
      release.countDown();
      Map<String, JsonNode> answers = client.receiveById(3);
      assertEquals(1, answers.get("").size());
    }
  }

  /** The pipe fills, and the server stops reading; nothing is lost once the client reads. */
  @Test
  void clientThatDoesNotReadMakesTheServerWait() throws Exception {
    SlowOutput out = new SlowOutput();
    int count = 20_000;
    byte[] input = String.join("\n", many(count, "echo")).getBytes(StandardCharsets.UTF_8);
    CountedInput in = new CountedInput(input);
    int before = Thread.activeCount();
    Thread transport = new Thread(() -> transport(16).run(in, out));
    transport.start();
    Waiting.await(out.blocked);
    in.awaitQuiet();
    assertTrue(in.position() < input.length, "it has read everything");
    // Readers and callers that wait for the output, on platform threads: no more than places
    assertTrue(Thread.activeCount() - before < 40, (Thread.activeCount() - before) + " threads");
    out.release.countDown();
    Waiting.join(transport);
    assertEquals(count, out.lines.get());
  }

  /** An output that takes nothing until it is released. */
  private static final class SlowOutput extends OutputStream {
    final CountDownLatch blocked = new CountDownLatch(1);
    final CountDownLatch release = new CountDownLatch(1);
    final AtomicInteger lines = new AtomicInteger();

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      blocked.countDown();
      Waiting.awaitUninterruptibly(release);
      for (int i = offset; i < offset + length; i++) {
        if (bytes[i] == '\n') {
          lines.incrementAndGet();
        }
      }
    }
  }

  /** Knows how much has been read of it. */
  private static final class CountedInput extends ByteArrayInputStream {
    CountedInput(byte[] bytes) {
      super(bytes);
    }

    /** Waits until nothing more is read. */
    void awaitQuiet() throws InterruptedException {
      int seen = -1;
      for (int same = 0; same < 20; TimeUnit.MILLISECONDS.sleep(10)) {
        int now = position();
        same = now == seen ? same + 1 : 0;
        seen = now;
      }
    }

    synchronized int position() {
      return pos;
    }
  }
}
