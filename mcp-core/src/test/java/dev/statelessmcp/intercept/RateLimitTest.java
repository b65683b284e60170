package dev.statelessmcp.intercept;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.call.TraceContext;
import dev.statelessmcp.engine.TestClient;
import dev.statelessmcp.http.HttpHeaders;
import dev.statelessmcp.http.HttpReply;
import dev.statelessmcp.http.HttpRequest;
import dev.statelessmcp.http.StreamableHttp;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.protocol.McpException;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5); // it wraps around

  private RateLimit limit(int calls, Duration period) {
    return new RateLimit(calls, period, clock::get);
  }

  private static Operation operation(String method, String caller) {
    return new Operation(
        method, "t", Caller.of(caller), null, Map.of(), TraceContext.NONE, Attributes.NONE, 0);
  }

  private static boolean passes(RateLimit limit, String method, String caller) {
    try {
      limit.before(operation(method, caller));
      return true;
    } catch (McpException e) {
      assertEquals(ErrorCode.RATE_LIMITED, e.error().code());
      return false;
    }
  }

  private void wait(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  @Test
  void asManyAsAllowedAtOnceAndThenOneByOne() {
    RateLimit limit = limit(3, Duration.ofSeconds(3));
    for (int i = 0; i < 3; i++) {
      assertTrue(passes(limit, "tools/call", "ann"));
    }
    assertEquals(false, passes(limit, "tools/call", "ann"));
    wait(Duration.ofMillis(999));
    assertEquals(false, passes(limit, "tools/call", "ann"));
    wait(Duration.ofMillis(2));
    assertTrue(passes(limit, "tools/call", "ann"));
    assertEquals(false, passes(limit, "tools/call", "ann"));
    wait(Duration.ofDays(1));
    for (int i = 0; i < 3; i++) {
      assertTrue(passes(limit, "tools/call", "ann"));
    }
    assertEquals(false, passes(limit, "tools/call", "ann"));
  }

  @Test
  void eachCallerHasItsOwn() {
    RateLimit limit = limit(1, Duration.ofSeconds(1));
    assertTrue(passes(limit, "tools/call", "ann"));
    assertTrue(passes(limit, "tools/call", "bob"));
    assertTrue(passes(limit, "tools/call", ""));
    assertEquals(false, passes(limit, "tools/call", "ann"));
    assertEquals(false, passes(limit, "tools/call", ""));
  }

  @Test
  void listsAndDiscoveryAreFree() {
    RateLimit limit = limit(1, Duration.ofHours(1));
    for (String method :
        List.of("tools/call", "prompts/get", "resources/read", "completion/complete")) {
      RateLimit each = limit(1, Duration.ofHours(1));
      assertTrue(passes(each, method, "ann"));
      assertEquals(false, passes(each, method, "ann"));
    }
    for (int i = 0; i < 10; i++) {
      assertTrue(passes(limit, "tools/list", "ann"));
      assertTrue(passes(limit, "server/discover", "ann"));
    }
  }

  @Test
  void saysHowLongToWait() {
    RateLimit limit = limit(1, Duration.ofSeconds(2));
    assertTrue(passes(limit, "tools/call", "ann"));
    wait(Duration.ofMillis(500));
    McpException e =
        assertThrows(McpException.class, () -> limit.before(operation("tools/call", "ann")));
    assertEquals(1500, e.error().data().get("retryAfterMs").intValue());
  }

  @Test
  void clockThatGoesBackGivesNothing() {
    RateLimit limit = limit(1, Duration.ofSeconds(1));
    assertTrue(passes(limit, "tools/call", "ann"));
    wait(Duration.ofSeconds(-5));
    assertEquals(false, passes(limit, "tools/call", "ann"));
    wait(Duration.ofSeconds(6));
    assertTrue(passes(limit, "tools/call", "ann"));
  }

  /** A part of a token is none, however small the rest is. */
  @Test
  void lessThanANanosecondIsNoFreeCall() {
    RateLimit limit = limit(3, Duration.ofNanos(10));
    int passed = 0;
    for (int i = 0; i < 100; i++) {
      passed += passes(limit, "tools/call", "ann") ? 1 : 0;
      wait(i % 2 == 0 ? Duration.ofNanos(1) : Duration.ofNanos(2));
    }
    assertTrue(passed <= 3 + 150 / 3 + 1, "passed " + passed);
  }

  @Test
  void senselessLimitsAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> RateLimit.perCaller(0, Duration.ofSeconds(1)));
    assertThrows(IllegalArgumentException.class, () -> RateLimit.perCaller(1, Duration.ZERO));
    assertThrows(
        IllegalArgumentException.class, () -> RateLimit.perCaller(1, Duration.ofSeconds(-1)));
  }

  @Test
  void callersThatWereSeenLongAgoAreForgotten() {
    RateLimit limit = limit(1, Duration.ofDays(1));
    for (int i = 0; i < 20_000; i++) {
      assertTrue(passes(limit, "tools/call", "caller " + i));
    }
    assertTrue(passes(limit, "tools/call", "caller 0"));
    assertEquals(false, passes(limit, "tools/call", "caller 19999"));
  }

  private McpServer server() {
    return McpServer.named("n", "1")
        .interceptor(limit(1, Duration.ofSeconds(10)))
        .tool(
            Tool.withSchema("t", "d", "{\"type\":\"object\"}", (in, call) -> ToolResult.text("x")))
        .build();
  }

  @Test
  void isAnErrorElsewhere() {
    TestClient client = new TestClient(server());
    client.result("tools/call", "{'name':'t'}");
    assertEquals(ErrorCode.RATE_LIMITED, client.code("tools/call", "{'name':'t'}"));
    assertEquals(ErrorCode.RATE_LIMITED, client.legacy().code("tools/call", "{'name':'t'}"));
  }

  @Test
  void isStatus429OverHttp() throws Exception {
    StreamableHttp http = StreamableHttp.of(server()).build();
    List<Integer> statuses = new ArrayList<>();
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\"," + "\"params\":{\"name\":\"t\"}}";
    for (int i = 0; i < 2; i++) {
      HttpHeaders headers = HttpHeaders.builder()
          .add("Host", "localhost")
          .add("Content-Type", "application/json")
          .add("Accept", "application/json, text/event-stream")
          .build();
      http.handle(
          new HttpRequest(
              "POST", "/mcp", headers, HttpRequest.Body.of(body.getBytes(StandardCharsets.UTF_8))),
          new HttpReply() {
            @Override
            public void send(int status, HttpHeaders replyHeaders, byte[] content) {
              statuses.add(status);
            }

            @Override
            public Stream stream(int status, HttpHeaders replyHeaders) {
              throw new AssertionError("no stream is needed");
            }
          });
    }
    assertEquals(List.of(200, 429), statuses);
  }
}
