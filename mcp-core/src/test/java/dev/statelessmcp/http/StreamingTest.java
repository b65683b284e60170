package dev.statelessmcp.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.subscription.Registration;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolCall;
import dev.statelessmcp.tool.ToolResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One JSON answer until something must be sent before it; an event stream from then on. */
@Timeout(30)
class StreamingTest {
  private static final String BOTH = "application/json, text/event-stream";
  private static final String PROGRESS =
      "event: message\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\","
          + "\"params\":{\"progressToken\":\"p\",\"progress\":%d}}\n\n";

  record Nothing() {}

  private final FakeReply reply = new FakeReply();
  private final List<Boolean> cancelled = new ArrayList<>();

  /** Calls a tool that does something and then answers "done". */
  private void call(boolean modern, String accept, Consumer<ToolCall> what) throws IOException {
    handle(modern, accept, body(modern), what);
  }

  private static String body(boolean modern) {
    String meta = modern
        ? "\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{},"
        : "";
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"t\","
        + "\"_meta\":{" + meta + "\"progressToken\":\"p\"}}}";
  }

  private void handle(boolean modern, String accept, String body, Consumer<ToolCall> what)
      throws IOException {
    McpServer server = McpServer.named("n", "1")
        .tool(Tool.of("t", "d", Nothing.class, (nothing, call) -> {
          what.accept(call);
          cancelled.add(call.cancellation().isCancelled());
          return ToolResult.text("done");
        }))
        .build();
    HttpHeaders.Builder headers = HttpHeaders.builder()
        .add("Host", "localhost")
        .add("Content-Type", "application/json")
        .add("Accept", accept);
    if (modern) {
      headers.add("MCP-Protocol-Version", "2026-07-28");
      headers.add("Mcp-Method", "tools/call");
      headers.add("Mcp-Name", "t");
    }
    HttpRequest.Body content = HttpRequest.Body.of(body.getBytes(StandardCharsets.UTF_8));
    StreamableHttp.builder(server)
        .build()
        .handle(new HttpRequest("POST", "/", headers.build(), content), reply);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void answerIsJsonIfNothingWasSentBefore(boolean modern) throws IOException {
    call(modern, BOTH, call -> {});
    assertFalse(reply.streaming);
    assertEquals("application/json", reply.header("Content-Type"));
    assertTrue(reply.stopped);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void firstNotificationBeginsAStreamThatTheAnswerEnds(boolean modern) throws IOException {
    call(modern, BOTH, call -> {
      call.progress(1, 0, null);
      assertEquals(PROGRESS.formatted(1), reply.body());
      call.progress(2, 0, null);
    });
    assertEquals(200, reply.status);
    assertEquals("text/event-stream", reply.header("Content-Type"));
    assertEquals("no-cache", reply.header("Cache-Control"));
    assertEquals("no", reply.header("X-Accel-Buffering"));
    String before = PROGRESS.formatted(1) + PROGRESS.formatted(2) + "event: message\ndata: ";
    assertTrue(reply.body().startsWith(before), reply.body());
    String answer = reply.body().substring(before.length());
    assertTrue(answer.startsWith("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{"), answer);
    assertTrue(answer.endsWith("}\n\n"), answer);
    assertTrue(reply.closed);
  }

  @Test
  void clientThatTakesOnlyJsonGetsNoNotifications() throws IOException {
    call(true, "application/json", call -> {
      call.progress(1, 0, null);
      reply.beat.run();
    });
    assertFalse(reply.streaming);
    assertEquals("application/json", reply.header("Content-Type"));
    assertFalse(reply.body().contains("progress"), reply.body());
  }

  @Test
  void clientThatTakesOnlyEventsGetsItsAnswerAsOne() throws IOException {
    call(true, "text/event-stream", call -> {});
    assertTrue(reply.streaming);
    assertTrue(reply.body().startsWith("event: message\ndata: {\"jsonrpc\""), reply.body());
    assertTrue(reply.closed);
  }

  @Test
  void heartbeatTurnsASilentModernRequestIntoAStream() throws IOException {
    call(true, BOTH, call -> {
      reply.beat.run();
      assertTrue(reply.streaming);
      assertEquals(":\n\n", reply.body());
      reply.beat.run();
    });
    assertTrue(reply.body().startsWith(":\n\n:\n\nevent: message\ndata: {"), reply.body());
    assertEquals(200, reply.status);
    assertEquals("text/event-stream", reply.header("Content-Type"));
  }

  @Test
  void heartbeatLeavesALegacyRequestAlone() throws IOException {
    call(false, BOTH, call -> reply.beat.run());
    assertFalse(reply.streaming);
    assertEquals("application/json", reply.header("Content-Type"));
  }

  @Test
  void heartbeatAfterTheAnswerWritesNothing() throws IOException {
    call(true, BOTH, call -> reply.beat.run());
    String before = reply.body();
    reply.beat.run();
    assertEquals(before, reply.body());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void writeThatFailsCancelsAModernCallAndNoLegacyOne(boolean modern) throws IOException {
    call(modern, BOTH, call -> {
      call.progress(1, 0, null);
      reply.gone = true;
      call.progress(2, 0, null);
    });
    assertEquals(List.of(modern), cancelled);
    assertEquals(PROGRESS.formatted(1), reply.body());
    assertFalse(Thread.interrupted());
  }

  @Test
  void heartbeatThatFailsCancelsTheCallAndNothingMoreIsWritten() throws IOException {
    call(true, BOTH, call -> {
      reply.gone = true;
      reply.beat.run();
      assertTrue(call.cancellation().isCancelled());
      reply.gone = false;
      reply.beat.run();
      call.progress(1, 0, null);
    });
    assertEquals("", reply.body());
    assertEquals(0, reply.status);
    assertFalse(Thread.interrupted());
  }

  @Test
  void notificationsOfManyThreadsAndHeartbeatsAreWrittenOneAtATime() throws IOException {
    call(true, BOTH, call -> {
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        boolean beats = t % 2 == 0;
        Thread thread = new Thread(() -> {
          for (int i = 0; i < 200; i++) {
            if (beats) {
              reply.beat.run();
            } else {
              call.progress(i, 0, null);
            }
          }
        });
        thread.start();
        threads.add(thread);
      }
      for (Thread thread : threads) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
    });
    for (String event : reply.body().split("\n\n", -1)) {
      assertTrue(
          event.isEmpty() || event.equals(":") || event.startsWith("event: message\ndata: {"),
          event);
    }
    assertTrue(reply.closed);
  }

  /** The heartbeat must not hold what the handler needs while it runs the handler's own action. */
  @Test
  void actionOfACancellationMayReportProgressWhileTheHandlerDoes() throws Exception {
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch handlerReports = new CountDownLatch(1);
    FakeReply slow = new FakeReply();
    HttpReply failing = new HttpReply() {
      @Override
      public void send(int status, HttpHeaders headers, byte[] body) throws IOException {
        slow.send(status, headers, body);
      }

      @Override
      public Stream stream(int status, HttpHeaders headers) throws IOException {
        writing.countDown();
        try {
          handlerReports.await();
          Thread.sleep(200); // until the handler waits for this write to end
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
        throw new IOException("the client is gone");
      }

      @Override
      public boolean isLive() {
        return true;
      }

      @Override
      public Registration every(Runnable beat) {
        slow.beat = beat;
        return () -> {};
      }
    };
    McpServer server = McpServer.named("n", "1")
        .tool(Tool.of("t", "d", Nothing.class, (nothing, call) -> {
          call.cancellation().onCancel(() -> call.progress(5, 0, "cancelled"));
          Thread heartbeat = new Thread(slow.beat);
          heartbeat.setDaemon(true);
          heartbeat.start();
          writing.await();
          handlerReports.countDown();
          call.progress(1, 0, null);
          return ToolResult.text("done");
        }))
        .build();
    HttpHeaders headers = HttpHeaders.of(
        "Host",
        "localhost",
        "Content-Type",
        "application/json",
        "Accept",
        BOTH,
        "MCP-Protocol-Version",
        "2026-07-28",
        "Mcp-Method",
        "tools/call",
        "Mcp-Name",
        "t");
    HttpRequest.Body content = HttpRequest.Body.of(body(true).getBytes(StandardCharsets.UTF_8));
    Thread thread = new Thread(() -> {
      try {
        StreamableHttp.builder(server)
            .build()
            .handle(new HttpRequest("POST", "/", headers, content), failing);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    });
    thread.setDaemon(true);
    thread.start();
    thread.join(5_000);
    assertFalse(thread.isAlive(), "the heartbeat and the handler wait for each other");
  }

  @ParameterizedTest
  @ValueSource(strings = {BOTH, "text/event-stream"})
  void batchThatReportsProgressIsOneStreamToo(String accept) throws IOException {
    handle(false, accept, "[" + body(false) + "]", call -> call.progress(1, 0, null));
    assertTrue(reply.streaming);
    assertTrue(
        reply.body().startsWith(PROGRESS.formatted(1) + "event: message\ndata: [{"), reply.body());
    assertTrue(reply.closed);
  }

  @Test
  void refusalBeforeTheHandlerHasNoHeartbeat() throws IOException {
    handle(true, BOTH, body(true).replace("\"id\":1", "\"id\":null"), call -> {});
    assertEquals(400, reply.status);
    assertNull(reply.header("X-Accel-Buffering"));
    assertEquals(List.of(), cancelled);
  }
}
