package dev.statelessmcp.task;

import java.io.IOException;

/**
 * Starts the runs of tasks: on threads of this process, or in another process. Implementations must
 * be thread-safe.
 *
 * <p>A start may be lost or delivered more than once: {@link Tasks#run} allows one run of a task at
 * a time, and the next poll of a task without a run starts it again.
 */
public interface TaskExecutor {

  /**
   * Causes {@link Tasks#run} to be called for a task, soon and at least once. Does not wait for it.
   *
   * @param taskId the id of the task; not null
   * @param tasks runs the task, for executors that run it in this process; not null
   * @throws IOException if it fails; the run may have been started nevertheless
   */
  void start(String taskId, Tasks tasks) throws IOException;

  /**
   * Whether tasks run in another process or invocation than the request that creates them.
   *
   * @return by default false
   */
  default boolean isRemote() {
    return false;
  }

  /**
   * Creates an executor that runs each task on a thread of this process: a virtual thread on Java
   * 21 and newer, otherwise one of a pool of at most 64 daemon threads.
   *
   * @return a new executor
   */
  static TaskExecutor threads() {
    return new ThreadTaskExecutor();
  }
}
