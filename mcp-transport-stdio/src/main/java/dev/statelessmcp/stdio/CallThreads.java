package dev.statelessmcp.stdio;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The threads that calls run on: virtual ones where they exist (JDK 21 and later). */
final class CallThreads {

  private CallThreads() {}

  /** A thread for every call; none of them keeps the process alive. */
  static ExecutorService newExecutor() {
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (ReflectiveOperationException e) { // JDK 17
      return Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "mcp-call");
        thread.setDaemon(true);
        return thread;
      });
    }
  }
}
