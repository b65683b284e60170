package dev.statelessmcp.examples.echo;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.jetty.McpHttpServer;
import dev.statelessmcp.schema.Description;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;

/** The quick start of the README. */
public final class QuickStart {

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

  public static void main(String[] args) throws Exception {
    try (McpHttpServer http = McpHttpServer.builder(server()).port(8000).start()) {
      System.err.println("listening on " + http.uri()); // http://127.0.0.1:8000/mcp
      http.join();
    }
  }
}
