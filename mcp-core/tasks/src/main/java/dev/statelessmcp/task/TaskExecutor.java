package dev.statelessmcp.task;

import java.io.IOException;

/**
 * Says where the work of tasks runs: on threads of this process, or in another one. Implementations
 * are safe from any number of threads.
 *
 * <p>A start may be lost or delivered more than once: {@link Tasks#run} runs a task once at a time,
 * and the next poll of a task that nobody works on starts it again.
 */
public interface TaskExecutor {

  /**
   * Arranges that {@link Tasks#run} is called for a task, soon and once at least. Returns without
   * waiting for that.
   *
   * @param taskId the id of the task; not null
   * @param tasks runs the task, for executors that run it in this process; not null
   * @throws IOException if it cannot be arranged; it may have been all the same
   */
  void start(String taskId, Tasks tasks) throws IOException;

  /**
   * Whether tasks run in another process or invocation than the request that creates them. Then
   * nothing of them continues in this one.
   *
   * @return by default false
   */
  default boolean isRemote() {
    return false;
  }

  /**
   * Creates an executor that runs each task on a thread of this process: a virtual one where Java
   * has these (21 and newer), else one of a pool of at most 64 daemon threads.
   *
   * @return a new executor
   */
  static TaskExecutor threads() {
    return new ThreadTaskExecutor();
  }
}
