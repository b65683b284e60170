package dev.statelessmcp.http.io;

import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.transport.FailureLog;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * One timer for everything that may last too long. Nearly all requests end long before their time
 * is up, and a timer for each costs more than serving it. Safe from any number of threads.
 */
public final class Sweep implements Runnable {
  private final Set<Timed> all = ConcurrentHashMap.newKeySet();

  /** Something that has to be looked at now and then. */
  public interface Timed {

    /**
     * Called once in an interval, on the timer's thread: must not block. A failure is logged.
     *
     * @param now of {@link System#nanoTime}
     */
    void check(long now);

    /**
     * The server stops: what still runs has had its time. Does nothing by default.
     *
     * @return whether a call was cut off
     */
    default boolean stop() {
      return false;
    }
  }

  /** Creates a timer with nothing to look at. */
  public Sweep() {}

  /**
   * How often {@link #run} is to be called: what it finds is late by at most that.
   *
   * @param shortest the shortest time that is looked after
   * @return a quarter of it in milliseconds, 5 to 1000
   */
  public static long intervalMillis(Duration shortest) {
    return Math.max(5, Math.min(1000, TimeUnit.MILLISECONDS.convert(shortest) / 4));
  }

  /**
   * Begins to look at something.
   *
   * @param timed what to look at; not null
   */
  public void add(Timed timed) {
    all.add(timed);
  }

  /**
   * Looks at something no more.
   *
   * @param timed what was added; not null
   */
  public void remove(Timed timed) {
    all.remove(timed);
  }

  /** Looks at everything. */
  @Override
  public void run() {
    long now = System.nanoTime();
    for (Timed timed : all) {
      try {
        timed.check(now);
      } catch (Throwable e) { // no thread can be had, say: the timer must go on, and see the others
        report(e);
      }
    }
  }

  /**
   * Tells everything that the server stops.
   *
   * @return how many calls were cut off
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
      // There is no memory for a line in the log, say; the timer goes on all the same
    }
  }
}
