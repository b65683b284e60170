package dev.statelessmcp.examples.benchmarks.dispatch;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.schema.Description;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.nio.charset.StandardCharsets;

/** The server that is measured, and the requests. */
final class Messages {
  static final String VERSION = "2026-07-28";
  private static final int PAGE_SIZE = 10_000;
  private static final String META = """
      "_meta":{"io.modelcontextprotocol/protocolVersion":"%s",\
      "io.modelcontextprotocol/clientInfo":{"name":"benchmark","version":"1"},\
      "io.modelcontextprotocol/clientCapabilities":{}}""".formatted(VERSION);

  /**
   * The arguments of each tool.
   *
   * @param message the text
   */
  record Say(@Description("Text to send back") String message) {}

  private Messages() {}

  /** Makes a server with some tools, all on one page, named {@code echo0} and so on. */
  static McpServer server(int tools) {
    McpServer.Builder builder = McpServer.named("benchmark", "1.0.0").pageSize(PAGE_SIZE);
    for (int i = 0; i < tools; i++) {
      builder.tool(Tool.of(
          name(i),
          "Sends the text back",
          Say.class,
          (say, call) -> ToolResult.text(say.message())));
    }
    return builder.build();
  }

  static String name(int tool) {
    return "echo" + tool;
  }

  /** A call of a tool. */
  static byte[] call(int tool) {
    return request(
        "tools/call", "\"name\":\"" + name(tool) + "\",\"arguments\":{\"message\":\"hello\"},");
  }

  /** A request for the list of tools. */
  static byte[] list() {
    return request("tools/list", "");
  }

  private static byte[] request(String method, String params) {
    String text = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":{"
        + params + META + "}}";
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
