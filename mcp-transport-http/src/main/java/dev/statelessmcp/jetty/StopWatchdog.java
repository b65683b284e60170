package dev.statelessmcp.jetty;

import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.component.LifeCycle;
import org.jspecify.annotations.Nullable;

/**
 * Ends the stop of a connector that would never end. When Jetty (12.1.14) closes a connection on
 * which another thread's write fails in the same moment, as it does if the client has just gone,
 * the thread of the selector may wait forever in {@code HttpConnection.SendCallback.cancel}; and
 * whoever stops the server waits for that thread.
 *
 * <p>Jetty stops its connectors after the calls have had their time, so whatever its threads still
 * do may be interrupted then, as Jetty itself does a little later. An interrupted cancellation
 * gives up, and the stop goes on. If that does not help, the thread that stops the connector is
 * interrupted too, which leaves the selector alone and stops the rest of the server.
 */
final class StopWatchdog implements LifeCycle.Listener {
  /** Many times what it takes to close the connections. */
  private static final long PATIENCE_MILLIS = 2000;

  private static final long INTERVAL_MILLIS = 500;

  /** How often the threads of the pool are interrupted before the one that stops the connector. */
  private static final int ATTEMPTS = 4;

  /** Jetty waits twice for each selector, so the thread must be interrupted as often. */
  private static final int MAX_ATTEMPTS = 1000;

  private final ServerThreads pool;
  private @Nullable Thread watch; // null while nothing stops
  private volatile boolean gaveUp;

  /**
   * Creates a watchdog, to be added to a connector.
   *
   * @param pool the threads of the connector
   */
  StopWatchdog(ServerThreads pool) {
    this.pool = pool;
  }

  /** Whether the thread that stops the connector was interrupted, and by nobody else. */
  boolean gaveUp() {
    return gaveUp;
  }

  @Override
  public synchronized void lifeCycleStopping(LifeCycle connector) {
    Thread stopping = Thread.currentThread();
    Thread thread = new Thread(() -> watch(stopping), "mcp-http-stop-watchdog");
    thread.setDaemon(true);
    thread.start();
    watch = thread;
  }

  @Override
  public void lifeCycleStopped(LifeCycle connector) {
    end();
  }

  @Override
  public void lifeCycleFailure(LifeCycle connector, Throwable cause) {
    end();
  }

  private synchronized void end() {
    if (watch != null) {
      watch.interrupt();
      watch = null;
    }
  }

  private void watch(Thread stopping) {
    try {
      TimeUnit.MILLISECONDS.sleep(PATIENCE_MILLIS);
      System.getLogger("dev.statelessmcp")
          .log(
              Level.WARNING,
              "Connections did not close within " + PATIENCE_MILLIS
                  + " ms; the threads that close them are interrupted, so that the server stops");
      for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
        interrupt(attempt < ATTEMPTS ? null : stopping);
        TimeUnit.MILLISECONDS.sleep(INTERVAL_MILLIS);
      }
    } catch (InterruptedException e) {
      // The connector has stopped
    }
  }

  /** Interrupts nobody once the connector has stopped: the thread may do something else by then. */
  private synchronized void interrupt(@Nullable Thread stopping) {
    if (watch != Thread.currentThread()) {
      return;
    }
    if (stopping != null) {
      gaveUp = true;
      stopping.interrupt();
    }
    pool.interruptAll();
  }
}
