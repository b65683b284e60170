package dev.statelessmcp.task;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Supervises one run while its handler works: renews the lease, stores progress, and hands the task
 * over before the invocation ends.
 */
final class Keeper implements Runnable {
  /** The minimum interval in which progress is stored. */
  private static final long SHORTEST_TICK = 50;

  private static final long MOST_MARGIN = 30_000;

  private final TaskRun run;
  private final long tick;
  private final long softEnd; // no step begins after it; in milliseconds of System.nanoTime
  private final long hardEnd; // the handler is interrupted
  private boolean closed;

  private Keeper(TaskRun run, long tick, @Nullable Instant deadline) {
    this.run = run;
    this.tick = Math.max(SHORTEST_TICK, tick);
    if (deadline == null) {
      softEnd = Long.MAX_VALUE;
      hardEnd = Long.MAX_VALUE;
    } else {
      long left = Duration.between(Instant.now(), deadline).toMillis();
      long margin = Math.min(MOST_MARGIN, left / 10);
      softEnd = now() + left - margin;
      hardEnd = now() + left - margin / 2;
    }
  }

  static Keeper start(TaskRun run, long leaseMillis, @Nullable Instant deadline) {
    long tick = Math.min(leaseMillis / 3, run.state().pollIntervalMillis());
    Keeper keeper = new Keeper(run, tick, deadline);
    TaskThreads.start("mcp-task-keeper", keeper);
    return keeper;
  }

  private static long now() {
    return System.nanoTime() / 1_000_000;
  }

  @Override
  public void run() {
    try {
      keep();
    } catch (Throwable e) {
      run.keeperFailed(e); // without a lease another run may begin at any time
    }
  }

  private void keep() {
    try {
      while (await()) {
        if (now() >= hardEnd) {
          run.end(TaskRun.Ending.HANDED_OVER);
          return;
        }
        if (now() >= softEnd) {
          run.endsSoon();
        }
        run.keep();
      }
    } catch (InterruptedException e) {
      // No other code has a reference to this thread
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for the next action; returns false if the run has ended. */
  private synchronized boolean await() throws InterruptedException {
    long now = now();
    long until = now + tick;
    if (softEnd > now) {
      until = Math.min(until, softEnd);
    }
    until = Math.min(until, hardEnd);
    for (long left = until - now; !closed && left > 0; left = until - now()) {
      wait(left);
    }
    return !closed && run.isRunning();
  }

  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
