package dev.statelessmcp.task;

import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.transport.FailureLog;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** Runs each task on a thread of this process. */
final class ThreadTaskExecutor implements TaskExecutor {
  private static final int MOST_PLATFORM_THREADS = 64;

  private @Nullable ExecutorService threads; // created with the first task: cold start

  private synchronized ExecutorService threads() {
    ExecutorService made = threads;
    if (made == null) {
      made = TaskThreads.pool("mcp-task-", MOST_PLATFORM_THREADS);
      threads = made;
    }
    return made;
  }

  @Override
  public void start(String taskId, Tasks tasks) {
    threads().execute(() -> {
      try {
        tasks.run(taskId);
      } catch (Throwable e) {
        // The next poll of the task starts it again
        FailureLog.log(Attributes.NONE, "The run of a task failed", e);
      }
    });
  }
}
