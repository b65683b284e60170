package dev.statelessmcp.lambda;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The threads that calls run on: as many as there are invocations at once, which is one unless the
 * function runs on Lambda Managed Instances. Safe from any number of threads.
 */
final class CallThreads {
  private final Deque<CallThread> idle = new ArrayDeque<>(1);

  CallThread take() {
    synchronized (idle) {
      CallThread thread = idle.poll();
      return thread == null ? new CallThread() : thread;
    }
  }

  void giveBack(CallThread thread) {
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
