package dev.statelessmcp.stdio;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Creates the threads of calls: virtual ones on JDK 21 and later. */
final class CallThreads {

  private CallThreads() {}

  /** Creates an executor with a daemon thread for each call. */
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
