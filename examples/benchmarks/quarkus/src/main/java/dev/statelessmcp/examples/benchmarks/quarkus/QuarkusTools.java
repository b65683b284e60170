package dev.statelessmcp.examples.benchmarks.quarkus;

import io.quarkiverse.mcp.server.Progress;
import io.quarkiverse.mcp.server.Tool;
import io.quarkiverse.mcp.server.ToolArg;

/** The tools on the MCP server of Quarkus. Its defaults run each on a thread of its worker pool. */
public class QuarkusTools {
  private static final int WAIT_MILLIS = 100;
  private static final int NOTIFICATIONS = 1_000;

  /** Created by Quarkus. */
  public QuarkusTools() {}

  /**
   * Sends the text back.
   *
   * @param message the text
   * @return the text
   */
  @Tool(description = "Sends the text back")
  public String echo(@ToolArg(description = "Text to send back") String message) {
    return message;
  }

  /**
   * Takes 100 ms.
   *
   * @return a fixed text
   * @throws InterruptedException if the thread is interrupted
   */
  @Tool(name = "wait", description = "Takes 100 ms")
  public String await() throws InterruptedException {
    Thread.sleep(WAIT_MILLIS);
    return "waited";
  }

  /**
   * Reports progress 1,000 times.
   *
   * @param progress where to
   * @return a fixed text
   */
  @Tool(description = "Reports progress 1,000 times")
  public String count(Progress progress) {
    for (int i = 1; i <= NOTIFICATIONS; i++) {
      progress
          .notificationBuilder()
          .setProgress(i)
          .setTotal(NOTIFICATIONS)
          .setMessage("counting")
          .build()
          .sendAndForget(); // in order all the same
    }
    return "counted";
  }
}
