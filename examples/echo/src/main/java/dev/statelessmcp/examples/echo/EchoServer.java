package dev.statelessmcp.examples.echo;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.schema.Description;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolAnnotations;
import dev.statelessmcp.tool.ToolResult;

/** Builds the server. The transports are in the other classes. */
public final class EchoServer {

  /**
   * The arguments of the tool.
   *
   * @param message the text
   */
  record Say(@Description("Text to send back") String message) {}

  private EchoServer() {}

  /**
   * Creates the server with its one tool.
   *
   * @return a new server
   */
  public static McpServer create() {
    return McpServer.named("echo", "1.0.0")
        .title("Echo")
        .description("Sends a text back: the example server of Stateless MCP for Java")
        .tool(Tool.of(
                "echo",
                "A simple echo tool",
                Say.class,
                (say, call) -> ToolResult.text("Echo: " + say.message()))
            .annotations(ToolAnnotations.READ_ONLY))
        .build();
  }
}
