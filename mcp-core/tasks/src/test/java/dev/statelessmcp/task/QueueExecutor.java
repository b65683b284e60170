package dev.statelessmcp.task;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Runs tasks when the test says so. */
final class QueueExecutor implements TaskExecutor {
  final Deque<String> queue = new ArrayDeque<>();
  private final boolean remote;
  IOException failure;

  QueueExecutor(boolean remote) {
    this.remote = remote;
  }

  @Override
  public synchronized void start(String taskId, Tasks tasks) throws IOException {
    if (failure != null) {
      throw failure;
    }
    queue.add(taskId);
  }

  @Override
  public boolean isRemote() {
    return remote;
  }

  /** Runs what is queued, on this thread. */
  void run(Tasks tasks) throws IOException {
    for (String id = next(); id != null; id = next()) {
      tasks.run(id);
    }
  }

  synchronized String next() {
    return queue.poll();
  }
}
