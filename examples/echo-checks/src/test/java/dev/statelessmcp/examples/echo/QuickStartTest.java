package dev.statelessmcp.examples.echo;

import dev.statelessmcp.test.McpTestClient;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The test of the page on getting started. */
class QuickStartTest {

  @Test
  void echoes() {
    McpTestClient client = McpTestClient.of(QuickStart.server());
    client.call("echo", Map.of("message", "hello")).hasText("Echo: hello");
    client.call("echo", Map.of()).hasErrorAt("arguments.message", "is required");
  }
}
