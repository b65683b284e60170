package dev.statelessmcp.lambda;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs calls one after the other, so that the runtime's thread can stop waiting and answer in time.
 * Ends when {@link #end} is called, after the running call.
 */
final class CallThread extends Thread { // cold start
  // Guarded by this
  private @Nullable Runnable task;
  private @Nullable Throwable failure;
  private boolean ending;

  CallThread() {
    super("mcp-call");
    setDaemon(true);
    start();
  }

  /** Begins a call. No other call may be running. */
  synchronized void begin(Runnable newTask) {
    failure = null;
    task = newTask;
    notifyAll();
  }

  /** Interrupts the running call, if there is one. */
  synchronized void interruptCall() {
    if (task != null) {
      interrupt();
    }
  }

  /** Waits for the end of the call. Returns whether it has ended. */
  synchronized boolean await(long nanos) throws InterruptedException {
    long end = System.nanoTime() + nanos;
    while (task != null) {
      long millis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()) + 1;
      if (end - System.nanoTime() <= 0) {
        return false;
      }
      wait(millis);
    }
    return true;
  }

  /** Whether no call is running. */
  synchronized boolean hasEnded() {
    return task == null;
  }

  /** Throws the exception of the call, if it has thrown one. */
  synchronized void rethrow() {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
  }

  /** Ends the thread, immediately or when its call ends. */
  synchronized void end() {
    ending = true;
    notifyAll();
  }

  /** Waits for the next call; null if the thread must end. */
  private synchronized @Nullable Runnable next() {
    while (task == null && !ending) {
      try {
        wait();
      } catch (InterruptedException e) {
        // for a call that has ended
      }
    }
    return ending ? null : task;
  }

  private synchronized void ended(@Nullable Throwable newFailure) {
    failure = newFailure;
    task = null;
    Thread.interrupted(); // clears the call's interrupt
    notifyAll();
  }

  @Override
  public void run() {
    for (Runnable call = next(); call != null; call = next()) {
      Throwable thrown = null;
      try {
        call.run();
      } catch (Throwable e) { // thrown again by rethrow
        thrown = e;
      }
      ended(thrown);
    }
  }
}
