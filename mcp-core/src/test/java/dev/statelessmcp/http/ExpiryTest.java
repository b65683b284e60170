package dev.statelessmcp.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolCall;
import dev.statelessmcp.tool.ToolResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer that must be there at some time: the server gives one in place of the handler. */
@Timeout(30)
class ExpiryTest {
  private static final String BOTH = "application/json, text/event-stream";
  private static final String LATE = "{\"jsonrpc\":\"2.0\",\"id\":%d,\"error\":{\"code\":-32603,"
      + "\"message\":\"Timeout: the call took longer than its time limit\"}}";

  private final FakeReply reply = new FakeReply();
  private final List<String> seen = new ArrayList<>();

  private static String call(int id, boolean modern) {
    String meta = modern
        ? "\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{},"
        : "";
    return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"tools/call\",\"params\":{"
        + "\"name\":\"t\",\"_meta\":{" + meta + "\"progressToken\":\"p\"}}}";
  }

  private void handle(String body, String accept, Authenticator who, Consumer<ToolCall> what)
      throws IOException {
    McpServer server = McpServer.named("n", "1")
        .tool(Tool.ofSchema("t", "d", "{\"type\":\"object\"}", (in, call) -> {
          seen.add("begun");
          what.accept(call);
          seen.add(call.cancellation().isCancelled() ? "cancelled" : "not cancelled");
          seen.add(Thread.currentThread().isInterrupted() ? "interrupted" : "not interrupted");
          return ToolResult.text("too late");
        }))
        .build();
    HttpHeaders.Builder headers = HttpHeaders.builder()
        .add("Host", "localhost")
        .add("Content-Type", "application/json")
        .add("Accept", accept);
    if (body.contains("2026-07-28")) {
      headers.add("MCP-Protocol-Version", "2026-07-28");
      headers.add("Mcp-Method", "tools/call");
      headers.add("Mcp-Name", "t");
    }
    HttpRequest.Body content = HttpRequest.Body.of(body.getBytes(StandardCharsets.UTF_8));
    StreamableHttp.builder(server)
        .authenticator(who)
        .build()
        .handle(new HttpRequest("POST", "/", headers.build(), content), reply);
  }

  private void handle(String body, String accept, Consumer<ToolCall> what) throws IOException {
    handle(body, accept, Authenticator.NONE, what);
  }

  private void assertHandlerWasToldAndLeftNothingBehind() {
    assertEquals(List.of("begun", "cancelled", "interrupted"), seen);
    assertFalse(Thread.currentThread().isInterrupted());
    assertFalse(reply.body().contains("too late"), reply.body());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void isAnsweredInJsonInThePlaceOfTheHandler(boolean modern) throws IOException {
    handle(call(7, modern), BOTH, call -> reply.expiry.cancel());
    assertEquals(200, reply.status);
    assertEquals("application/json", reply.header("Content-Type"));
    assertEquals(LATE.formatted(7), reply.body());
    assertHandlerWasToldAndLeftNothingBehind();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void isTheLastEventOfAStreamThatHasBegun(boolean modern) throws IOException {
    handle(call(7, modern), BOTH, call -> {
      call.progress(1, 0, null);
      reply.expiry.cancel();
      call.progress(2, 0, null);
      reply.beat.run();
    });
    String[] events = reply.body().split("\n\n", -1);
    assertEquals(3, events.length, reply.body());
    assertTrue(events[0].contains("\"progress\":1"), events[0]);
    assertEquals("event: message\ndata: " + LATE.formatted(7), events[1]);
    assertTrue(reply.closed);
    assertHandlerWasToldAndLeftNothingBehind();
  }

  @Test
  void isAnEventForAClientThatTakesNothingElse() throws IOException {
    handle(call(7, true), "text/event-stream", call -> reply.expiry.cancel());
    assertEquals("event: message\ndata: " + LATE.formatted(7) + "\n\n", reply.body());
    assertTrue(reply.closed);
    assertHandlerWasToldAndLeftNothingBehind();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aHandlerIsNotRunIfTheTimeWasUpBefore(boolean modern) throws IOException {
    Authenticator slow = request -> {
      reply.expiry.cancel();
      return Authenticator.accepted(Caller.ANONYMOUS);
    };
    handle(call(7, modern), BOTH, slow, call -> {});
    assertEquals(List.of(), seen);
    assertEquals(LATE.formatted(7), reply.body());
    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  void endsABatchWithAnErrorForEachRequest() throws IOException {
    String batch = "[" + call(1, false) + ",{\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"},"
        + call(2, false) + "]";
    handle(batch, BOTH, call -> reply.expiry.cancel());
    assertEquals("[" + LATE.formatted(1) + "," + LATE.formatted(2) + "]", reply.body());
    assertHandlerWasToldAndLeftNothingBehind();
  }

  @Test
  void afterTheAnswerItChangesNothing() throws IOException {
    handle(call(7, true), BOTH, call -> {});
    String before = reply.body();
    reply.expiry.cancel();
    assertEquals(before, reply.body());
    assertTrue(Json.parse(before).has("result"), before);
    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  void lostClientIsNotAFailure() throws IOException {
    handle(call(7, true), "text/event-stream", call -> {
      reply.gone = true;
      reply.expiry.cancel();
    });
    assertEquals("", reply.body());
    assertEquals(List.of("begun", "cancelled", "interrupted"), seen);
  }

  @Test
  void theDeadlineOfTheReplyIsThatOfTheCall() throws IOException {
    reply.deadline = Instant.ofEpochSecond(5);
    handle(call(7, true), BOTH, call -> seen.add(call.deadline().orElseThrow().toString()));
    assertEquals("1970-01-01T00:00:05Z", seen.get(1));
  }
}
