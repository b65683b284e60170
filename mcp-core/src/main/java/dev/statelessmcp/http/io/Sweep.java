package dev.statelessmcp.http.io;

import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.transport.FailureLog;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * One timer for all timeouts. Nearly all requests end long before they time out, and a timer for
 * each costs more than serving it. Thread-safe.
 */
public final class Sweep implements Runnable {
  private final Set<Timed> all = ConcurrentHashMap.newKeySet();

  /** An object that may time out. */
  public interface Timed {

    /**
     * Called once in an interval, on the timer's thread: must not block. A failure is logged.
     *
     * @param now the current {@link System#nanoTime}
     */
    void check(long now);

    /**
     * Called when the server stops and the time for running calls is over. Does nothing by default.
     *
     * @return true if a call was aborted
     */
    default boolean stop() {
      return false;
    }
  }

  /** Creates a timer. */
  public Sweep() {}

  /**
   * The interval between calls of {@link #run}, which is the maximum delay of a timeout.
   *
   * @param shortest the shortest timeout
   * @return a quarter of it in milliseconds, 5 to 1000
   */
  public static long intervalMillis(Duration shortest) {
    return Math.max(5, Math.min(1000, TimeUnit.MILLISECONDS.convert(shortest) / 4));
  }

  /**
   * Adds an object to check.
   *
   * @param timed the object; not null
   */
  public void add(Timed timed) {
    all.add(timed);
  }

  /**
   * Removes an object.
   *
   * @param timed the object; not null
   */
  public void remove(Timed timed) {
    all.remove(timed);
  }

  /** Checks all objects. */
  @Override
  public void run() {
    long now = System.nanoTime();
    for (Timed timed : all) {
      try {
        timed.check(now);
      } catch (Throwable e) { // such as no thread: the timer must continue, and check the others
        report(e);
      }
    }
  }

  /**
   * Stops all objects.
   *
   * @return the number of calls that were aborted
   */
  public int stop() {
    int cutOff = 0;
    for (Timed timed : all) {
      if (timed.stop()) {
        cutOff++;
      }
    }
    return cutOff;
  }

  private static void report(Throwable failure) {
    try {
      FailureLog.log(Attributes.NONE, "the timer of requests failed", failure);
    } catch (Throwable again) {
      // Such as no memory for a log line; the timer must continue
    }
  }
}
