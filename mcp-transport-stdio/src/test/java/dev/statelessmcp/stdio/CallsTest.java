package dev.statelessmcp.stdio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.test.TestAnswer;
import dev.statelessmcp.test.TestCall;
import dev.statelessmcp.testing.SilentLog;
import dev.statelessmcp.testing.TestTools;
import dev.statelessmcp.testing.Waiting;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolCall;
import dev.statelessmcp.tool.ToolHandler;
import dev.statelessmcp.tool.ToolResult;
import java.time.Duration;
import java.util.ArrayList;
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
  void callsRunInParallelAndEachIsAnsweredByItsOwnId() {
    int calls = 64;
    CyclicBarrier everybody = new CyclicBarrier(calls);
    String padding = "-".repeat(20_000); // lines that would mix if they could
    Tool meet = Tool.of("meet", "Waits for all the others", TestTools.Text.class, (in, call) -> {
      Waiting.await(everybody);
      return ToolResult.text(in.text() + padding);
    });
    McpTestClient modern = client(meet);
    for (McpTestClient client : List.of(modern, modern.legacy())) {
      try (client) {
        List<TestCall> running = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
          running.add(client.start("meet", Map.of("text", "call " + i)));
        }
        for (int i = 0; i < calls; i++) {
          running.get(i).answer().hasText("call " + i + padding);
        }
      }
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
  void progressComesBeforeTheAnswerAndNoneAfterIt() {
    AtomicReference<ToolCall> kept = new AtomicReference<>();
    try (McpTestClient client = client(TestTools.tool("steps", (none, call) -> {
      kept.set(call);
      for (int step = 1; step <= 3; step++) {
        call.progress(step, 3, "step " + step);
      }
      return ToolResult.text("done");
    }))) {
      client
          .meta(Json.object().put("progressToken", "t"))
          .call("steps")
          .hasText("done")
          .hasProgress("step 1", "step 2", "step 3")
          .hasProgressValues(1, 2, 3);
      kept.get().progress(4, 4, "too late"); // which fails the end of the client
    }
  }

  @Test
  void progressIsSentWhileTheCallRuns() {
    CountDownLatch seen = new CountDownLatch(1);
    try (McpTestClient client = client(TestTools.tool("waits", (none, call) -> {
      call.progress(1, 2, "waiting");
      Waiting.await(seen);
      return ToolResult.text("done");
    }))) {
      TestCall running = client.start("waits").awaitProgress("waiting");
      seen.countDown();
      running.answer().hasText("done");
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
  void answeredCallsDoNotCountTowardsTheLimit() throws Exception {
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
  void toolThatThrowsIsAnErrorAndTheNextCallIsServed() {
    assertInternalError((none, call) -> {
      throw new IllegalStateException("secret");
    });
  }

  @Test
  void stackOverflowIsAnErrorAndTheNextCallIsServed() {
    assertInternalError((none, call) -> ToolResult.text("" + endless(1)));
  }

  private static long endless(long n) {
    return n == Long.MIN_VALUE ? n : 1 + endless(n + 1);
  }

  @Test
  void invalidResultIsAnErrorAndTheNextCallIsServed() {
    assertInternalError((none, call) -> {
      ObjectNode data = Json.object().putPOJO("pojo", new Object());
      return ToolResult.of().structuredContent(data);
    });
  }

  @Test
  void resultThatIsTooDeepIsAnErrorAndTheNextCallIsServed() {
    assertInternalError((none, call) -> {
      ArrayNode inner = Json.array();
      for (int i = 0; i < 1_000_000; i++) {
        inner = Json.array().add(inner);
      }
      ObjectNode data = Json.object();
      data.set("deep", inner);
      return ToolResult.of().structuredContent(data);
    });
  }

  private static void assertInternalError(ToolHandler<TestTools.Nothing, ToolResult> broken) {
    try (McpTestClient client = client(TestTools.tool("broken", broken))) {
      TestAnswer failure = client.call("broken").hasError(-32603);
      String message = failure.error().get("message").textValue();
      assertTrue(message.startsWith("Internal error (ref "), message);
      client.call("echo", new TestTools.Text("still here")).hasText("still here");
    }
  }

  private static McpTestClient client(Tool tool) {
    return McpTestClient.of(PipedServer.of(TestTools.server(TestTools.echo(), tool)));
  }

  /** Catching an interrupt, restoring it and returning is what handlers are taught to do. */
  @Test
  void toolThatLeavesItsThreadInterruptedIsAnsweredAndTheNextCallIsServed() {
    try (McpTestClient client = client(TestTools.tool("interrupts", (none, call) -> {
      Thread.currentThread().interrupt();
      return ToolResult.text("done");
    }))) {
      client.call("interrupts").hasText("done");
      client.call("echo", new TestTools.Text("still here")).hasText("still here");
    }
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    StdioTransport transport = StdioTransport.of(TestTools.server());
    assertThrows(IllegalArgumentException.class, () -> transport.maxConcurrentCalls(0));
    assertThrows(IllegalArgumentException.class, () -> transport.grace(Duration.ofMillis(-1)));
    assertEquals(
        "stopTimeout",
        assertThrows(NullPointerException.class, () -> transport.stopTimeout(null))
            .getMessage());
    assertThrows(
        IllegalArgumentException.class, () -> transport.stopTimeout(Duration.ofMillis(-1)));
    assertThrows(
        IllegalArgumentException.class, () -> transport.questionTimeout(Duration.ofMillis(-1)));
    assertThrows(IllegalArgumentException.class, () -> transport.questionTimeout(Duration.ZERO));
    assertThrows(NullPointerException.class, () -> transport.limits(null));
    assertThrows(NullPointerException.class, () -> StdioTransport.of(null));
  }
}
