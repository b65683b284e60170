package dev.statelessmcp.examples.benchmarks.stdio;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.stdio.StdioTransport;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;

/** The measured server: one tool, on the standard streams. */
public final class EchoServer {
  record Say(String message) {}

  private EchoServer() {}

  /**
   * Serves until the input ends.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) {
    McpServer server = McpServer.named("echo", "1.0.0")
        .tool(Tool.of(
            "echo",
            "Sends the text back",
            Say.class,
            (say, call) -> ToolResult.text("Echo: " + say.message())))
        .build();
    StdioTransport.of(server).run();
  }
}
