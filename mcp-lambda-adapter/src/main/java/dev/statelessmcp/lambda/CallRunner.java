package dev.statelessmcp.lambda;

import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.transport.ServerPort;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Runs calls so that each is answered by its deadline. A late call is answered with an error and
 * its handler interrupted. If the handler does not end then, its thread is abandoned and never
 * serves another call. Thread-safe.
 */
final class CallRunner {
  /** The maximum time that a handler has to end after an interrupt. */
  private static final long GRACE_MS = 100;

  /** Shorter than the idle timeout of any gateway. */
  private static final long BEAT_NANOS = 5_000_000_000L;

  private final boolean timed;
  private final boolean keepsThreads;

  private final Deque<CallThread> idle = new ArrayDeque<>(1);

  private CallRunner(boolean timed, boolean keepsThreads) {
    this.timed = timed;
    this.keepsThreads = keepsThreads;
  }

  /** Runs calls without deadlines, on the thread of the invocation. */
  static CallRunner untimed() {
    return new CallRunner(false, false);
  }

  /** Runs calls on threads that are reused: only one thread if the calls are sequential. */
  static CallRunner onKeptThreads() {
    return new CallRunner(true, true);
  }

  /** Runs each call on a new thread, which inherits the thread-locals of its invocation. */
  static CallRunner onNewThreads() {
    return new CallRunner(true, false);
  }

  /**
   * Runs a call, on this thread if it has no deadline.
   *
   * @param server the server, whose interceptors may carry thread-local context to the other thread
   * @throws RuntimeException or Error if the call throws it
   */
  void run(EventCall call, ServerPort server) {
    Invocation invocation = call.invocation();
    long deadline = call.deadlineMillis();
    if (!timed || deadline == Deadlines.NEVER) {
      call.run();
      return;
    }
    Runnable carried = server.carry(call); // first: an interceptor may fail
    CallThread thread = take();
    thread.begin(carried);
    try {
      if (!awaitEnd(thread, deadline, call)) {
        invocation.requests().timeout("the call took longer than " + call.timeLimit());
        call.ending().cancel();
        long grace = graceNanos(invocation);
        boolean ended = call.isLive() && thread.await(grace);
        call.expire();
        if (!ended && !thread.await(grace)) {
          // It was not in a handler, or the handler ignored its interrupt
          thread.interruptCall();
          thread.await(grace);
        }
      }
    } catch (InterruptedException e) { // the runtime needs its thread
      call.expire();
      Thread.currentThread().interrupt();
    } catch (Throwable e) { // the thread would otherwise neither get another call nor end
      thread.end();
      throw e;
    }
    if (thread.hasEnded()) {
      try {
        thread.rethrow();
      } finally {
        giveBack(thread);
      }
    } else {
      abandon(thread, invocation);
    }
  }

  /**
   * The time to wait after an interrupt: a part of the remaining time, to leave some for the
   * answer.
   */
  private static long graceNanos(Invocation invocation) {
    // There is a context, because there is a deadline
    long left = Math.max(0, invocation.context().orElseThrow().getRemainingTimeInMillis());
    return Math.min(GRACE_MS, left / 5) * 1_000_000;
  }

  private static boolean awaitEnd(CallThread thread, long deadline, EventCall call)
      throws InterruptedException {
    long left = (deadline - System.currentTimeMillis()) * 1_000_000;
    long end = System.nanoTime() + left;
    while (left > 0) {
      if (thread.await(call.isLive() ? Math.min(left, BEAT_NANOS) : left)) {
        return true;
      }
      left = end - System.nanoTime();
      if (left > 0) {
        call.beat();
      }
    }
    return false;
  }

  private static void abandon(CallThread thread, Invocation invocation) {
    StringBuilder where = new StringBuilder();
    for (StackTraceElement frame : thread.getStackTrace()) {
      where.append("\tat ").append(frame).append('\n');
    }
    thread.end();
    InvocationLog log = invocation.log();
    ObjectNode line = log.line(
        LogLevel.ERROR,
        "A handler continues although it was interrupted, and slows later calls; its thread"
            + " is abandoned");
    invocation.requests().nameLate(line);
    line.put("stackTrace", where.toString());
    log.write(LogLevel.ERROR, line);
  }

  private CallThread take() {
    synchronized (idle) {
      CallThread thread = idle.poll();
      return thread == null ? new CallThread() : thread;
    }
  }

  private void giveBack(CallThread thread) {
    if (!keepsThreads) {
      thread.end();
      return;
    }
    synchronized (idle) {
      idle.push(thread);
    }
  }

  /** Ends the idle threads; later calls start new ones. */
  void endIdle() {
    synchronized (idle) {
      for (CallThread thread : idle) {
        thread.end();
      }
      idle.clear();
    }
  }
}
