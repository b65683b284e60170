package dev.statelessmcp.testing;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolHandler;
import dev.statelessmcp.tool.ToolResult;
import java.util.concurrent.CountDownLatch;

/** Creates servers with the tools that a test needs. */
public final class TestTools {

  private TestTools() {}

  /** The arguments of a tool that has none. */
  public record Nothing() {}

  /**
   * The arguments of {@link #echo}.
   *
   * @param text the text to send back
   */
  public record Text(String text) {}

  /** A server with these tools and no other feature. */
  public static McpServer server(Tool... tools) {
    McpServer.Builder builder = McpServer.named("test", "1");
    for (Tool tool : tools) {
      builder.tool(tool);
    }
    return builder.build();
  }

  /** A tool without arguments. */
  public static Tool tool(String name, ToolHandler<Nothing, ToolResult> handler) {
    return Tool.of(name, "A tool of a test", Nothing.class, handler);
  }

  /**
   * The work of a tool that waits until it is released or interrupted.
   *
   * @param started counted down at the start
   * @param release waited for
   * @param interrupted counted down if the thread is interrupted
   * @return the text {@code done}
   * @throws InterruptedException if the thread is interrupted
   */
  public static ToolResult waitForRelease(
      CountDownLatch started, CountDownLatch release, CountDownLatch interrupted)
      throws InterruptedException {
    started.countDown();
    try {
      Waiting.await(release);
    } catch (InterruptedException e) {
      interrupted.countDown();
      throw e;
    }
    return ToolResult.text("done");
  }

  /** A tool that sends its argument back. */
  public static Tool echo() {
    return Tool.of(
        "echo", "Sends the text back", Text.class, (in, call) -> ToolResult.text(in.text()));
  }
}
