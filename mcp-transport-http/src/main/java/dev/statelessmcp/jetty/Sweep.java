package dev.statelessmcp.jetty;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * One timer for everything that may last too long. Nearly all requests end long before their time
 * is up, and a timer for each costs more than serving it. Safe from any number of threads.
 */
final class Sweep implements Runnable {
  private final Set<Timed> all = ConcurrentHashMap.newKeySet();
  private final long intervalMillis;
  private volatile Scheduler scheduler; // null while it is stopped

  /** Something that has to be looked at now and then. */
  interface Timed {

    /**
     * Called once in an interval, on the timer's thread: must not block.
     *
     * @param now of {@link System#nanoTime}
     */
    void check(long now);

    /** The server stops: what still runs has had its time. */
    default void stop() {}
  }

  /** A sweep that is late by at most a quarter of a time, and a second. */
  Sweep(long shortestMillis) {
    intervalMillis = Math.max(5, Math.min(1000, shortestMillis / 4));
  }

  void start(Scheduler newScheduler) {
    scheduler = newScheduler;
    schedule();
  }

  void stop() {
    scheduler = null;
    all.forEach(Timed::stop);
  }

  void add(Timed timed) {
    all.add(timed);
  }

  void remove(Timed timed) {
    all.remove(timed);
  }

  private void schedule() {
    Scheduler current = scheduler;
    if (current != null) {
      current.schedule(this, intervalMillis, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void run() {
    try {
      long now = System.nanoTime();
      for (Timed timed : all) {
        timed.check(now);
      }
    } finally {
      schedule();
    }
  }
}
