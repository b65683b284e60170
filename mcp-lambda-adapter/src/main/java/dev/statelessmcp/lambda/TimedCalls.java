package dev.statelessmcp.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Runs calls so that there is an answer in time. A call that is late is answered with an error, and
 * its handler interrupted; if it does not end by that either, its thread is given up, and can never
 * answer another call. Safe from any number of threads.
 */
final class TimedCalls {
  /** How long a handler has at most to end after an interrupt, before its thread is given up. */
  private static final long GRACE_MS = 100;

  /** Less than any gateway waits on a silent stream. */
  private static final long BEAT_NANOS = 5_000_000_000L;

  private final boolean timed;
  private final boolean keepsThreads;

  private final Deque<CallThread> idle = new ArrayDeque<>(1);

  private TimedCalls(boolean timed, boolean keepsThreads) {
    this.timed = timed;
    this.keepsThreads = keepsThreads;
  }

  /** Calls without deadlines, on the thread of the invocation. */
  static TimedCalls untimed() {
    return new TimedCalls(false, false);
  }

  /** Calls on threads that are kept for later ones; one thread, where no two are at once. */
  static TimedCalls onKeptThreads() {
    return new TimedCalls(true, true);
  }

  /** Each call on a thread of its own, which inherits what is the invocation's. */
  static TimedCalls onNewThreads() {
    return new TimedCalls(true, false);
  }

  /**
   * Runs a call, on the thread of the invocation if nobody waits with a clock.
   *
   * @param context of the invocation; null outside of Lambda, where there is no deadline either
   * @throws RuntimeException or Error what the call throws
   */
  void run(
      Runnable call, TimedAnswer answer, Context context, RequestLog requests, InvocationLog log) {
    long deadline = answer.deadlineMillis();
    if (!timed || deadline == Deadlines.NEVER) {
      call.run();
      return;
    }
    CallThread thread = take();
    thread.begin(call);
    boolean ended = false;
    try {
      ended = awaitEnd(thread, deadline, answer);
      if (!ended) {
        requests.timeout();
        answer.ending().cancel();
        long grace = graceNanos(context);
        ended = answer.isLive() && thread.await(grace);
        answer.expire();
        ended = ended || thread.await(grace);
        if (!ended) { // it was not in a handler, or the handler has swallowed its interrupt
          thread.interruptCall();
          ended = thread.await(grace);
        }
      }
    } catch (InterruptedException e) { // the runtime wants its thread back
      answer.expire();
      Thread.currentThread().interrupt();
    }
    if (ended) {
      try {
        thread.rethrow();
      } finally {
        giveBack(thread);
      }
    } else {
      giveUp(thread, log);
    }
  }

  /** A part of what is left, since the answer has yet to be sent. */
  private static long graceNanos(Context context) {
    long left = Math.max(0, context.getRemainingTimeInMillis());
    return Math.min(GRACE_MS, left / 5) * 1_000_000;
  }

  private static boolean awaitEnd(CallThread thread, long deadline, TimedAnswer answer)
      throws InterruptedException {
    long left = (deadline - System.currentTimeMillis()) * 1_000_000;
    long end = System.nanoTime() + left;
    while (left > 0) {
      if (thread.await(answer.isLive() ? Math.min(left, BEAT_NANOS) : left)) {
        return true;
      }
      left = end - System.nanoTime();
      if (left > 0) {
        answer.beat();
      }
    }
    return false;
  }

  private static void giveUp(CallThread thread, InvocationLog log) {
    StringBuilder where = new StringBuilder();
    for (StackTraceElement frame : thread.getStackTrace()) {
      where.append("\tat ").append(frame).append('\n');
    }
    thread.end();
    ObjectNode line = log.line(
        LogLevel.ERROR,
        "a handler goes on although it was interrupted, and takes time from later calls; its thread"
            + " is given up");
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

  /** Ends the threads that wait; new ones are made when they are needed. */
  void endIdle() {
    synchronized (idle) {
      for (CallThread thread : idle) {
        thread.end();
      }
      idle.clear();
    }
  }
}
