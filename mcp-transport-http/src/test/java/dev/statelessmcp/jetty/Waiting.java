package dev.statelessmcp.jetty;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what must happen, with a bound so generous that only a defect reaches it. */
final class Waiting {
  static final long SECONDS = 20;

  private Waiting() {}

  static void await(CountDownLatch latch) throws InterruptedException {
    if (!latch.await(SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("what was waited for did not happen");
    }
  }

  static void await(CyclicBarrier barrier) throws InterruptedException {
    try {
      barrier.await(SECONDS, TimeUnit.SECONDS);
    } catch (BrokenBarrierException | TimeoutException e) {
      throw new AssertionError("not everybody came to the barrier", e);
    }
  }

  /** As a handler waits that cannot be interrupted. */
  static void awaitUninterruptibly(CountDownLatch latch) {
    while (true) {
      try {
        await(latch);
        return;
      } catch (InterruptedException e) {
        // The point of it
      }
    }
  }

  static void join(Thread thread) throws InterruptedException {
    thread.join(TimeUnit.SECONDS.toMillis(SECONDS));
    if (thread.isAlive()) {
      AssertionError stuck = new AssertionError("the thread \"" + thread.getName() + "\" runs on");
      stuck.setStackTrace(thread.getStackTrace());
      throw stuck;
    }
  }
}
