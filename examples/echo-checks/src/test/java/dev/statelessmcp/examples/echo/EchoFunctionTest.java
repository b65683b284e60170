package dev.statelessmcp.examples.echo;

import dev.statelessmcp.lambda.test.LambdaEvent;
import dev.statelessmcp.lambda.test.LambdaTransport;
import dev.statelessmcp.test.McpTestClient;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The test of the page on a first Lambda function. */
class EchoFunctionTest {
  private final EchoFunction function = new EchoFunction();

  @ParameterizedTest
  @EnumSource
  void echoesWhateverSendsTheEvent(LambdaEvent event) {
    McpTestClient client = McpTestClient.of(LambdaTransport.of(function, event, "/mcp"));
    client.call("echo", Map.of("message", "hello")).hasText("Echo: hello");
  }

  @Test
  void namesWhatIsMissing() {
    McpTestClient client =
        McpTestClient.of(LambdaTransport.of(function, LambdaEvent.FUNCTION_URL, "/mcp"));
    client.call("echo", Map.of()).hasErrorAt("arguments.message", "is required");
  }
}
