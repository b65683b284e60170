package dev.statelessmcp.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolCall;
import dev.statelessmcp.tool.ToolResult;
import java.time.Duration;
import java.time.Instant;

/**
 * The call of a tool within its request, because the client does not support tasks. Shortly before
 * the deadline of the request the handler is interrupted, and the answer explains the solution.
 */
final class RequestDeadline implements Runnable {
  private static final long MOST_MARGIN_MILLIS = 500;

  private final Thread handler = Thread.currentThread();
  private final long waitMillis;
  private boolean ended;
  private boolean reached;

  private RequestDeadline(Instant deadline) {
    long left = Math.max(0, Duration.between(Instant.now(), deadline).toMillis());
    waitMillis = left - Math.min(MOST_MARGIN_MILLIS, left / 10);
  }

  static ToolResult call(Tool tool, ObjectNode arguments, ToolCall call) throws Exception {
    RequestDeadline deadline = new RequestDeadline(call.deadline().orElseThrow());
    TaskThreads.start("mcp-task-deadline", deadline);
    try {
      ToolResult result = tool.call(arguments, call);
      return deadline.end() ? tooLong(tool) : result;
    } catch (Exception e) {
      if (deadline.end()) {
        return tooLong(tool);
      }
      throw e;
    } finally {
      deadline.end();
    }
  }

  private static ToolResult tooLong(Tool tool) {
    return ToolResult.error("The tool " + tool.name()
        + " takes longer than this request may last. A client of revision 2026-07-28 that declares"
        + " the extension " + Tasks.EXTENSION + " gets it as a task, which has no such limit.");
  }

  /** Ends the wait. Returns true if the handler was interrupted; the interrupt is then cleared. */
  private synchronized boolean end() {
    if (!ended) {
      ended = true;
      notifyAll();
      if (reached) {
        Thread.interrupted();
      }
    }
    return reached;
  }

  @Override
  public synchronized void run() {
    long until = System.nanoTime() + waitMillis * 1_000_000;
    try {
      while (!ended) {
        long left = (until - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          reached = true;
          handler.interrupt();
          return;
        }
        wait(left);
      }
    } catch (InterruptedException e) {
      // No other code has a reference to this thread
      Thread.currentThread().interrupt();
    }
  }
}
