package dev.statelessmcp.jetty;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolHandler;
import dev.statelessmcp.tool.ToolResult;

/** Servers with the tools that a test needs. */
final class TestTools {

  private TestTools() {}

  record Nothing() {}

  record Text(String text) {}

  static McpServer server(Tool... tools) {
    McpServer.Builder builder = McpServer.named("test", "1");
    for (Tool tool : tools) {
      builder.tool(tool);
    }
    return builder.build();
  }

  static Tool tool(String name, ToolHandler<Nothing, ToolResult> handler) {
    return Tool.of(name, "A tool of a test", Nothing.class, handler);
  }

  /** Sends its argument back. */
  static Tool echo() {
    return Tool.of(
        "echo", "Sends the text back", Text.class, (in, call) -> ToolResult.text(in.text()));
  }
}
