package dev.statelessmcp.examples.echo;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.schema.Description;
import dev.statelessmcp.stdio.StdioTransport;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;

/** The command of the page on stdio. */
public final class EchoCommand {

  record Say(@Description("Text to send back") String message) {}

  static McpServer server() {
    return McpServer.named("echo", "1.0.0")
        .tool(Tool.of(
            "echo",
            "Sends the text back",
            Say.class,
            (say, call) -> ToolResult.text("Echo: " + say.message())))
        .build();
  }

  public static void main(String[] args) {
    StdioTransport.of(server()).run(); // until the client closes the pipe
  }
}
