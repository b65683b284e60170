package dev.statelessmcp.task;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Creates threads for work that mostly waits: virtual ones if Java has them. */
final class TaskThreads {

  private TaskThreads() {}

  /** Starts a thread for one run: a virtual thread, or a daemon. */
  static Thread start(String name, Runnable work) {
    try {
      return (Thread)
          Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, work);
    } catch (ReflectiveOperationException e) {
      Thread thread = new Thread(work, name);
      thread.setDaemon(true);
      thread.start();
      return thread;
    }
  }

  static ExecutorService pool(String name, int mostPlatformThreads) {
    try { // by name, because this is compiled for Java 17
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (ReflectiveOperationException e) {
      AtomicInteger number = new AtomicInteger();
      ThreadFactory daemons = work -> {
        Thread thread = new Thread(work, name + number.incrementAndGet());
        thread.setDaemon(true);
        return thread;
      };
      ThreadPoolExecutor pool = new ThreadPoolExecutor(
          mostPlatformThreads,
          mostPlatformThreads,
          30,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          daemons);
      pool.allowCoreThreadTimeOut(true);
      return pool;
    }
  }
}
