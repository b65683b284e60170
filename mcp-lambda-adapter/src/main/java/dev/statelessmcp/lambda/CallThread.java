package dev.statelessmcp.lambda;

import java.util.concurrent.TimeUnit;

/**
 * Runs calls, one after the other, so that the runtime's own thread can stop waiting for one and
 * answer in time. It ends when it is told to, or when a call ends that was given up.
 */
final class CallThread extends Thread {
  // Guarded by this
  private Runnable task;
  private Throwable failure;
  private boolean ending;

  CallThread() {
    super("mcp-call");
    setDaemon(true);
    start();
  }

  /** Begins a call; there is none under way. */
  synchronized void begin(Runnable newTask) {
    failure = null;
    task = newTask;
    notifyAll();
  }

  /** Interrupts the call, if it has not ended. */
  synchronized void interruptCall() {
    if (task != null) {
      interrupt();
    }
  }

  /** Waits for the end of the call; says whether it has ended. */
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

  /** Throws what ended the call, if something did. */
  synchronized void rethrow() {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
  }

  /** Ends the thread, at once or when its call ends. */
  synchronized void end() {
    ending = true;
    notifyAll();
  }

  /** The next call; null if the thread is to end. */
  private synchronized Runnable next() {
    while (task == null && !ending) {
      try {
        wait();
      } catch (InterruptedException e) {
        // meant for a call that has ended
      }
    }
    return ending ? null : task;
  }

  private synchronized void ended(Throwable newFailure) {
    failure = newFailure;
    task = null;
    Thread.interrupted(); // an interrupt goes no further than its call
    notifyAll();
  }

  @Override
  public void run() {
    for (Runnable call = next(); call != null; call = next()) {
      Throwable thrown = null;
      try {
        call.run();
      } catch (Throwable e) { // whoever waits throws it again
        thrown = e;
      }
      ended(thrown);
    }
  }
}
