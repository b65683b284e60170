package dev.statelessmcp.examples.benchmarks.servers;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.jetty.McpHttpServer;
import dev.statelessmcp.schema.Description;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;

/** The tools on this project's HTTP server, on a free port of the loopback address. */
public final class StatelessMcpServer {
  /** Of 1,000 connections, and of 1,000 that wrk has closed while their calls were running. */
  static final int MAX_CALLS = 2_100;

  /** How long the tool {@code wait} takes. */
  static final int WAIT_MILLIS = 100;

  /** How many notifications the tool {@code count} sends. */
  static final int NOTIFICATIONS = 1_000;

  /**
   * The arguments of {@code echo}.
   *
   * @param message the text
   */
  record Say(@Description("Text to send back") String message) {}

  /** The arguments of the other tools: none. */
  record Nothing() {}

  private StatelessMcpServer() {}

  /**
   * Serves until the process is ended.
   *
   * @param arguments none
   * @throws Exception if the server does not start
   */
  public static void main(String[] arguments) throws Exception {
    McpServer server = McpServer.named("benchmark", "1.0.0")
        .tool(Tool.of(
            "echo",
            "Sends the text back",
            Say.class,
            (say, call) -> ToolResult.text(say.message())))
        .tool(Tool.of("wait", "Takes 100 ms", Nothing.class, (nothing, call) -> {
          Thread.sleep(WAIT_MILLIS);
          return ToolResult.text("waited");
        }))
        .tool(Tool.of("count", "Reports progress 1,000 times", Nothing.class, (nothing, call) -> {
          for (int i = 1; i <= NOTIFICATIONS; i++) {
            call.progress(i, NOTIFICATIONS, "counting");
          }
          return ToolResult.text("counted");
        }))
        .build();
    try (McpHttpServer http =
        McpHttpServer.builder(server).port(0).maxConcurrentCalls(MAX_CALLS).start()) {
      System.out.println("Listening on: " + http.uri());
      http.join();
    }
  }
}
