package dev.statelessmcp.stdio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.testing.SilentLog;
import dev.statelessmcp.testing.TestTools;
import dev.statelessmcp.testing.Waiting;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolCall;
import dev.statelessmcp.tool.ToolResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Calls beside each other, and calls that go wrong. */
@ExtendWith(SilentLog.class)
class CallsTest {
  @Test
  void callsRunInParallelAndEachIsAnsweredByItsOwnId() throws Exception {
    int calls = 64;
    CyclicBarrier everybody = new CyclicBarrier(calls);
    String padding = "-".repeat(20_000); // lines that would mix if they could
    Tool meet = Tool.of("meet", "Waits for all the others", TestTools.Text.class, (in, call) -> {
      Waiting.await(everybody);
      return ToolResult.text(in.text() + padding);
    });
    try (StdioClient client = StdioClient.of(TestTools.server(meet))) {
      for (int i = 0; i < calls; i++) {
        String arguments = "{\"text\":\"call " + i + "\"}";
        String id = Integer.toString(i);
        client.send(
            i % 2 == 0
                ? Messages.modernCall(id, "meet", arguments)
                : Messages.legacyCall(id, "meet", arguments));
      }
      Map<String, JsonNode> answers = client.receiveById(calls);
      for (int i = 0; i < calls; i++) {
        JsonNode answer = answers.get(Integer.toString(i));
        assertEquals("call " + i + padding, Messages.text(answer));
      }
      assertEquals(List.of(), client.rest());
    }
  }

  @Test
  void idsAreEchoedAsTheyCame() throws Exception {
    try (StdioClient client = StdioClient.of(TestTools.server(TestTools.echo()))) {
      for (String id : List.of("\"1\"", "1", "-5", "9007199254740993", "\"\"", "\"ä🦜\"")) {
        client.send(Messages.ping(id));
        assertEquals(Messages.parse(id), client.receive().get("id"));
      }
    }
  }

  @Test
  void progressComesBeforeTheAnswerAndNoneAfterIt() throws Exception {
    AtomicReference<ToolCall> kept = new AtomicReference<>();
    McpServer server = TestTools.server(TestTools.tool("steps", (none, call) -> {
      kept.set(call);
      for (int step = 1; step <= 3; step++) {
        call.progress(step, 3, "step " + step);
      }
      return ToolResult.text("done");
    }));
    try (StdioClient client = StdioClient.of(server)) {
      client.send(Messages.modernCallWithProgress("1", "steps", "\"t\""));
      for (int step = 1; step <= 3; step++) {
        JsonNode progress = client.receive();
        assertEquals("notifications/progress", progress.path("method").textValue());
        assertEquals("t", progress.at("/params/progressToken").textValue());
        assertEquals(step, progress.at("/params/progress").intValue());
      }
      assertEquals("done", Messages.text(client.receive()));
      kept.get().progress(4, 4, "too late");
      assertEquals(List.of(), client.rest());
    }
  }

  @Test
  void progressIsSentWhileTheCallRuns() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    McpServer server = TestTools.server(TestTools.tool("waits", (none, call) -> {
      call.progress(1, 2, null);
      Waiting.await(seen);
      return ToolResult.text("done");
    }));
    try (StdioClient client = StdioClient.of(server)) {
      client.send(Messages.modernCallWithProgress("1", "waits", "7"));
      assertEquals(7, client.receive().at("/params/progressToken").intValue());
      seen.countDown();
      assertEquals("done", Messages.text(client.receive()));
    }
  }

  @Test
  void callsBeyondTheBoundWaitAndNoneIsRefused() throws Exception {
    CountDownLatch started = new CountDownLatch(2);
    CountDownLatch third = new CountDownLatch(3);
    CountDownLatch release = new CountDownLatch(1);
    McpServer server = TestTools.server(TestTools.tool("wait", (none, call) -> {
      started.countDown();
      third.countDown();
      Waiting.await(release);
      return ToolResult.text("done");
    }));
    try (StdioClient client = StdioClient.of(StdioTransport.of(server).maxConcurrentCalls(2))) {
      client.send(Messages.legacyCall("1", "wait", "{}"), Messages.modernCall("2", "wait", "{}"));
      Waiting.await(started);
      client.send(Messages.legacyCall("3", "wait", "{}"));
      client.send("[" + Messages.ping("4") + "]");
      client.send(Messages.ping("5"));
      JsonNode pong = client.receive();
      assertEquals(5, pong.get("id").intValue()); // the connection lives
      assertTrue(pong.has("result"), pong::toString);
      assertEquals(1, third.getCount());
      release.countDown();
      Map<String, JsonNode> answers = client.receiveById(4);
      assertEquals("done", Messages.text(answers.get("1")));
      assertEquals("done", Messages.text(answers.get("2")));
      assertEquals("done", Messages.text(answers.get("3")));
      assertTrue(answers.get("").get(0).has("result"), answers::toString); // the batch
    }
  }

  @Test
  void whoHasAnAnswerMayCallAgain() throws Exception {
    McpServer server = TestTools.server(TestTools.echo());
    try (StdioClient client = StdioClient.of(StdioTransport.of(server).maxConcurrentCalls(1))) {
      for (int i = 0; i < 2000; i++) {
        client.send(Messages.ping(Integer.toString(i)));
        JsonNode answer = client.receive();
        assertTrue(answer.has("result"), answer::toString);
      }
    }
  }

  @Test
  void toolThatThrowsIsAnErrorAndTheNextCallIsServed() throws Exception {
    McpServer server = TestTools.server(TestTools.echo(), TestTools.tool("throws", (none, call) -> {
      throw new IllegalStateException("secret");
    }));
    try (StdioClient client = StdioClient.of(server)) {
      assertInternalError(client, "throws");
    }
  }

  @Test
  void stackOverflowIsAnErrorAndTheNextCallIsServed() throws Exception {
    McpServer server = TestTools.server(
        TestTools.echo(),
        TestTools.tool("recurses", (none, call) -> ToolResult.text("" + endless(1))));
    try (StdioClient client = StdioClient.of(server)) {
      assertInternalError(client, "recurses");
    }
  }

  private static long endless(long n) {
    return n == Long.MIN_VALUE ? n : 1 + endless(n + 1);
  }

  @Test
  void invalidResultIsAnErrorAndTheNextCallIsServed() throws Exception {
    McpServer server = TestTools.server(TestTools.echo(), TestTools.tool("pojo", (none, call) -> {
      ObjectNode data = Json.object().putPOJO("pojo", new Object());
      return ToolResult.of().structuredContent(data);
    }));
    try (StdioClient client = StdioClient.of(server)) {
      assertInternalError(client, "pojo");
    }
  }

  @Test
  void resultThatIsTooDeepIsAnErrorAndTheNextCallIsServed() throws Exception {
    McpServer server = TestTools.server(TestTools.echo(), TestTools.tool("deep", (none, call) -> {
      ArrayNode inner = Json.array();
      for (int i = 0; i < 1_000_000; i++) {
        inner = Json.array().add(inner);
      }
      ObjectNode data = Json.object();
      data.set("deep", inner);
      return ToolResult.of().structuredContent(data);
    }));
    try (StdioClient client = StdioClient.of(server)) {
      assertInternalError(client, "deep");
    }
  }

  private static void assertInternalError(StdioClient client, String tool) throws Exception {
    client.send(Messages.modernCall("1", tool, "{}"));
    JsonNode failure = client.receive();
    assertEquals(1, failure.path("id").intValue(), failure::toString);
    assertEquals(-32603, failure.at("/error/code").intValue(), failure::toString);
    String message = failure.at("/error/message").textValue();
    assertTrue(message.startsWith("Internal error (ref "), message);
    client.send(Messages.modernCall("2", "echo", "{\"text\":\"still here\"}"));
    assertEquals("still here", Messages.text(client.receive()));
  }

  /** Catching an interrupt, restoring it and returning is what handlers are taught to do. */
  @Test
  void toolThatLeavesItsThreadInterruptedIsAnsweredAndTheNextCallIsServed() throws Exception {
    McpServer server =
        TestTools.server(TestTools.echo(), TestTools.tool("interrupts", (none, call) -> {
          Thread.currentThread().interrupt();
          return ToolResult.text("done");
        }));
    try (StdioClient client = StdioClient.of(server)) {
      client.send(Messages.modernCall("1", "interrupts", "{}"));
      assertEquals("done", Messages.text(client.receive()));
      client.send(Messages.modernCall("2", "echo", "{\"text\":\"still here\"}"));
      assertEquals("still here", Messages.text(client.receive()));
    }
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    StdioTransport transport = StdioTransport.of(TestTools.server());
    assertThrows(IllegalArgumentException.class, () -> transport.maxConcurrentCalls(0));
    assertThrows(IllegalArgumentException.class, () -> transport.grace(Duration.ofMillis(-1)));
    assertThrows(
        IllegalArgumentException.class, () -> transport.stopTimeout(Duration.ofMillis(-1)));
    assertThrows(
        IllegalArgumentException.class, () -> transport.questionTimeout(Duration.ofMillis(-1)));
    assertThrows(IllegalArgumentException.class, () -> transport.questionTimeout(Duration.ZERO));
    assertThrows(NullPointerException.class, () -> transport.limits(null));
    assertThrows(NullPointerException.class, () -> StdioTransport.of(null));
  }
}
