package dev.statelessmcp.testing;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what must happen. The limit is so generous that only a defect reaches it. */
public final class Waiting {
  /** The limit of each wait, in seconds. */
  public static final long SECONDS = 20;

  private Waiting() {}

  /** Waits until the latch is at zero. */
  public static void await(CountDownLatch latch) throws InterruptedException {
    if (!latch.await(SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the latch did not reach zero");
    }
  }

  /** Waits until every party is at the barrier. */
  public static void await(CyclicBarrier barrier) throws InterruptedException {
    try {
      barrier.await(SECONDS, TimeUnit.SECONDS);
    } catch (BrokenBarrierException | TimeoutException e) {
      throw new AssertionError("a party did not reach the barrier", e);
    }
  }

  /** Waits until the latch is at zero, as a handler does that ignores interrupts. */
  public static void awaitUninterruptibly(CountDownLatch latch) {
    while (true) {
      try {
        await(latch);
        return;
      } catch (InterruptedException e) {
        // Ignored on purpose
      }
    }
  }

  /** Waits until the thread has ended. */
  public static void join(Thread thread) throws InterruptedException {
    thread.join(TimeUnit.SECONDS.toMillis(SECONDS));
    if (thread.isAlive()) {
      AssertionError stuck =
          new AssertionError("the thread \"" + thread.getName() + "\" still runs");
      stuck.setStackTrace(thread.getStackTrace());
      throw stuck;
    }
  }
}
