package dev.statelessmcp.examples.echo;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.schema.Description;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The test of the page on getting started. */
class QuickStartTest {

  record Say(@Description("Text to send back") String message) {}

  private final McpServer server = McpServer.named("echo", "1.0.0")
      .tool(Tool.of(
          "echo",
          "Sends the text back",
          Say.class,
          (say, call) -> ToolResult.text("Echo: " + say.message())))
      .build();

  @Test
  void echoes() {
    McpTestClient client = McpTestClient.of(server);
    client.call("echo", Map.of("message", "hello")).hasText("Echo: hello");
    client.call("echo", Map.of()).hasErrorAt("arguments.message", "is required");
  }
}
