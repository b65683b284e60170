package dev.statelessmcp.intercept;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.http.StreamableHttp;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.test.TestAnswer;
import dev.statelessmcp.tool.NoArguments;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a client sees of a limit, with HTTP and without. */
class RateLimitAnswersTest {
  private final McpServer server = McpServer.named("n", "1")
      .interceptor(new RateLimit(1, Duration.ofSeconds(10), () -> 0))
      .tool(Tool.of("t", "d", NoArguments.class, (none, call) -> ToolResult.text("x")))
      .build();

  @Test
  void isAnErrorElsewhere() {
    McpTestClient client = McpTestClient.of(server);
    client.call("t").isOk();
    client.call("t").hasError(ErrorCode.RATE_LIMITED);
    client.legacy().call("t").hasError(ErrorCode.RATE_LIMITED);
  }

  @Test
  void isStatus429OverHttp() {
    McpTestClient client = McpTestClient.of(StreamableHttp.builder(server).build(), "/mcp");
    TestAnswer served = client.call("t").isOk().hasStatus(200);
    assertEquals(Optional.empty(), served.header("Retry-After"));
    TestAnswer refused = client.call("t").hasStatus(429);
    assertEquals(Optional.of("10"), refused.header("Retry-After"));
  }
}
