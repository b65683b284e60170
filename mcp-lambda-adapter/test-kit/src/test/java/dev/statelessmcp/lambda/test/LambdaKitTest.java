package dev.statelessmcp.lambda.test;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.lambda.LambdaSettings;
import dev.statelessmcp.lambda.McpLambdaHandler;
import dev.statelessmcp.test.KitSuite;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.test.SampleServer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The kit on a function behind an HTTP API, and shortly on all others. */
class LambdaKitTest extends KitSuite {
  /** A function as a user writes it. */
  private static final class Function extends McpLambdaHandler {
    Function(McpServer server) {
      super(server, LambdaSettings.defaults().path("/mcp"));
    }
  }

  private McpTestClient client(LambdaEvent event) {
    return McpTestClient.of(LambdaTransport.of(new Function(sample.create()), event, "/mcp"));
  }

  @Override
  protected McpTestClient connect() {
    return client(LambdaEvent.HTTP_API);
  }

  @ParameterizedTest
  @EnumSource(LambdaEvent.class)
  void everySenderIsServed(LambdaEvent event) {
    McpTestClient modern = client(event);
    modern.call("weather", Map.of("city", "Zürich")).isOk();
    modern.call("weather").hasErrorAt("arguments.city", "is required");
    modern
        .answers("name", new SampleServer.Name("Ann"))
        .answers("booking", new SampleServer.Booking(4, true))
        .call("book")
        .hasText("Ann: 4");
    if (event != LambdaEvent.DIRECT) {
      modern.legacy().call("weather", Map.of("city", "Zürich")).isOk().hasStatus(200);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = LambdaEvent.class,
      names = {"REST_API", "HTTP_API", "HTTP_API_1"})
  void callerIsWhatTheAuthorizerFound(LambdaEvent event) {
    client(event)
        .caller(Caller.of("ann", "a:read"))
        .header("X-Team", "blue")
        .call("who")
        .hasText("ann [blue]");
  }

  @Test
  void callerThatNoAuthorizerFindsIsRefused() {
    McpTestClient direct = client(LambdaEvent.DIRECT);
    assertThrows(IllegalStateException.class, () -> direct.caller(Caller.of("ann")));
  }
}
