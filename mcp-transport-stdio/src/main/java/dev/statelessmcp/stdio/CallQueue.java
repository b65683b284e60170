package dev.statelessmcp.stdio;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The calls of one connection: as many run as there are places, and a bounded number waits. A call
 * keeps its place until its answer has been written, so that a client which does not read cannot
 * make the server do ever more. While it waits for an answer of the client it has none: that answer
 * may stand behind other calls in the pipe, which could not be read otherwise.
 */
final class CallQueue {
  /** How far the server reads ahead, to see cancellations and answers behind calls. */
  private static final int MAX_WAITING = 1024;

  private static final long MAX_WAITING_BYTES = 1 << 20;

  private final int places;
  // A lock, not a monitor: before JDK 24 waiting on a monitor pins the carrier of a virtual thread
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final Condition place = lock.newCondition();
  private final Condition done = lock.newCondition();

  // Guarded by the lock
  private final Deque<StdioCall> waiting = new ArrayDeque<>();
  private final Set<StdioCall> unfinished = new LinkedHashSet<>();
  private long waitingBytes;
  private int taken;
  private int resuming;
  private boolean closed;

  CallQueue(int places) {
    this.places = places;
  }

  /** Counts a call that needs no place. */
  void begin(StdioCall call) {
    lock.lock();
    try {
      unfinished.add(call);
    } finally {
      lock.unlock();
    }
  }

  /** Takes a place if there is one and no call waits for it; says whether the call may run. */
  boolean tryBegin(StdioCall call) {
    lock.lock();
    try {
      if (taken == places || resuming > 0 || !waiting.isEmpty()) {
        return false;
      }
      taken++;
      unfinished.add(call);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a place, or for room in the queue; says whether the call may run now. Another call
   * that ends runs it otherwise.
   */
  boolean await(StdioCall call) {
    lock.lock();
    try {
      while (!closed && isFull(call)) {
        room.awaitUninterruptibly();
      }
      if (closed) {
        return false;
      }
      unfinished.add(call);
      if (taken < places && resuming == 0 && waiting.isEmpty()) {
        taken++;
        return true;
      }
      waiting.add(call);
      waitingBytes += call.bytes();
      return false;
    } finally {
      lock.unlock();
    }
  }

  private boolean isFull(StdioCall call) {
    return waiting.size() >= MAX_WAITING
        || (!waiting.isEmpty() && waitingBytes + call.bytes() > MAX_WAITING_BYTES);
  }

  /** Ends a call; returns another one that has got its place, or null. */
  StdioCall end(StdioCall call, boolean hasPlace) {
    lock.lock();
    try {
      unfinished.remove(call);
      if (unfinished.isEmpty()) {
        done.signalAll();
      }
      return hasPlace ? next() : null;
    } finally {
      lock.unlock();
    }
  }

  /** Gives back a place; returns a call that has got it, or null. */
  StdioCall leave() {
    lock.lock();
    try {
      return next();
    } finally {
      lock.unlock();
    }
  }

  private StdioCall next() {
    StdioCall next = resuming > 0 ? null : waiting.poll();
    if (next == null) {
      taken--;
      place.signal();
    } else {
      waitingBytes -= next.bytes();
      room.signal();
    }
    return next;
  }

  /**
   * Takes a place again, before any call that waits for its first one.
   *
   * @throws InterruptedException if the call is cancelled, and goes on without
   */
  void resume() throws InterruptedException {
    lock.lock();
    try {
      resuming++;
      try {
        while (taken == places) {
          place.await();
        }
        taken++;
      } finally {
        resuming--;
        if (taken < places) {
          place.signal();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits for all calls; says whether they have ended. */
  boolean awaitEnd(long nanos) throws InterruptedException {
    long left = nanos;
    lock.lock();
    try {
      while (!unfinished.isEmpty()) {
        if (left <= 0) {
          return false;
        }
        left = done.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Drops the calls that wait, and takes no more; returns all that have not ended. */
  List<StdioCall> close() {
    lock.lock();
    try {
      closed = true;
      room.signalAll();
      List<StdioCall> left = new ArrayList<>(unfinished);
      unfinished.removeAll(waiting);
      waiting.clear();
      waitingBytes = 0;
      if (unfinished.isEmpty()) {
        done.signalAll();
      }
      return left;
    } finally {
      lock.unlock();
    }
  }

  /** The calls that have not ended. */
  List<StdioCall> unfinished() {
    lock.lock();
    try {
      return new ArrayList<>(unfinished);
    } finally {
      lock.unlock();
    }
  }
}
