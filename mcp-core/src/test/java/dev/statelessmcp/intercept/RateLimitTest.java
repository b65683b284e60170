package dev.statelessmcp.intercept;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.completion.Completion;
import dev.statelessmcp.engine.TestClient;
import dev.statelessmcp.prompt.Prompt;
import dev.statelessmcp.prompt.PromptResult;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.resource.Resource;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5); // it wraps around

  private RateLimit limit(int calls, Duration period) {
    return new RateLimit(calls, period, clock::get);
  }

  /** Runs an operation through the limit; true if it was served. */
  private static boolean passes(RateLimit limit, String method, String caller) {
    return passes(server(limit), method, caller);
  }

  private static boolean passes(McpServer server, String method, String caller) {
    TestClient client = new TestClient(server).caller(Caller.of(caller));
    JsonNode answer = client.send(method, PARAMS.get(method));
    if (answer.has("result")) {
      return true;
    }
    assertEquals(ErrorCode.RATE_LIMITED, answer.get("error").get("code").intValue());
    return false;
  }

  private static final Map<String, String> PARAMS = Map.of(
      "tools/call", "{'name':'t'}",
      "prompts/get", "{'name':'p','arguments':{'a':'x'}}",
      "resources/read", "{'uri':'r:///1'}",
      "completion/complete",
          "{'ref':{'type':'ref/prompt','name':'p'},'argument':{'name':'a','value':''}}",
      "tools/list", "{}",
      "server/discover", "{}");

  private static McpServer server(RateLimit limit) {
    return McpServer.named("n", "1")
        .interceptor(limit)
        .tool(Tool.ofSchema("t", "d", "{\"type\":\"object\"}", (in, call) -> ToolResult.text("x")))
        .prompt(Prompt.of("p", "d", call -> PromptResult.of())
            .requiredArgument("a", "d")
            .complete("a", (value, arguments, call) -> Completion.of(List.of())))
        .resource(Resource.text("r:///1", "r", "text/plain", "x"))
        .build();
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
    JsonNode error = new TestClient(server(limit))
        .caller(Caller.of("ann"))
        .send("tools/call", "{'name':'t'}")
        .get("error");
    assertEquals(1500, error.get("data").get("retryAfterMs").intValue());
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
  void intervalBelowANanosecondIsRounded() {
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
        IllegalArgumentException.class, () -> Interceptor.rateLimit(0, Duration.ofSeconds(1)));
    assertThrows(IllegalArgumentException.class, () -> Interceptor.rateLimit(1, Duration.ZERO));
    assertThrows(
        IllegalArgumentException.class, () -> Interceptor.rateLimit(1, Duration.ofSeconds(-1)));
  }

  @Test
  void callersThatWereSeenLongAgoAreForgotten() {
    McpServer server = server(limit(1, Duration.ofDays(1)));
    for (int i = 0; i < 20_000; i++) {
      assertTrue(passes(server, "tools/call", "caller " + i));
    }
    assertTrue(passes(server, "tools/call", "caller 0"));
    assertEquals(false, passes(server, "tools/call", "caller 19999"));
  }

  @Test
  void periodMayBeAsLongAsItCan() {
    RateLimit limit = limit(1, ChronoUnit.FOREVER.getDuration());
    assertTrue(passes(limit, "tools/call", "ann"));
    assertFalse(passes(limit, "tools/call", "ann"));
  }
}
