package dev.statelessmcp.jetty;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The threads of a server, all of which can be interrupted. */
final class ServerThreads extends QueuedThreadPool {
  private final Set<Thread> running = ConcurrentHashMap.newKeySet();

  /**
   * A pool with Jetty's defaults.
   *
   * @param most how many threads it has at most
   */
  ServerThreads(int most) {
    super(most);
  }

  @Override
  public Thread newThread(Runnable work) {
    return super.newThread(() -> {
      running.add(Thread.currentThread());
      try {
        work.run();
      } finally {
        running.remove(Thread.currentThread());
      }
    });
  }

  /** Interrupts every thread of the pool, and not those that handlers have started. */
  void interruptAll() {
    for (Thread thread : running) {
      thread.interrupt();
    }
  }
}
