package dev.statelessmcp.stdio;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one connection: a limited number runs, each in a place, and a limited number waits.
 * A call keeps its place until its answer has been written, so that a client that does not read
 * answers cannot start more calls. A call that waits for an answer of the client has no place,
 * because the answer may come after other calls in the pipe.
 */
final class CallQueue {
  /** The maximum number of waiting calls; the server reads ahead for cancellations and answers. */
  private static final int MAX_WAITING = 1024;

  private static final long MAX_WAITING_BYTES = 1 << 20;

  /** A call may need many times the size of its line, for its tree, its values and its answer. */
  private static final int HEAP_SHARE = 32;

  private final int places;
  private final long maxBytes;
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
  private long takenBytes;
  private int resuming;
  private boolean closed;

  /**
   * Creates an empty queue. The total size of the lines of running calls is limited too, to the
   * maximum of one line or a share of the heap.
   *
   * @param places the maximum number of running calls
   * @param maxLine the maximum length of a line in bytes
   */
  CallQueue(int places, int maxLine) {
    this.places = places;
    this.maxBytes = Math.max(maxLine, Runtime.getRuntime().maxMemory() / HEAP_SHARE);
  }

  /** Adds a call that needs no place. */
  void begin(StdioCall call) {
    lock.lock();
    try {
      unfinished.add(call);
    } finally {
      lock.unlock();
    }
  }

  /** Takes a place if one is free and no call waits for it; returns whether the call may run. */
  boolean tryBegin(StdioCall call) {
    lock.lock();
    try {
      if (!waiting.isEmpty() || !hasPlace(call)) {
        return false;
      }
      take(call);
      unfinished.add(call);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a place or for space in the queue; returns whether the call may run now. Otherwise a
   * call that ends runs it.
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
      if (waiting.isEmpty() && hasPlace(call)) {
        take(call);
        return true;
      }
      waiting.add(call);
      waitingBytes += call.bytes();
      return false;
    } finally {
      lock.unlock();
    }
  }

  private boolean hasPlace(StdioCall call) {
    return taken < places && resuming == 0 && (taken == 0 || takenBytes + call.bytes() <= maxBytes);
  }

  private void take(StdioCall call) {
    taken++;
    takenBytes += call.bytes();
  }

  private void giveBack(StdioCall call) {
    taken--;
    takenBytes -= call.bytes();
    if (resuming > 0) {
      place.signal();
    }
  }

  private boolean isFull(StdioCall call) {
    return waiting.size() >= MAX_WAITING
        || (!waiting.isEmpty() && waitingBytes + call.bytes() > MAX_WAITING_BYTES);
  }

  /** Ends a call; returns a waiting call that gets its place, or null. */
  @Nullable
  StdioCall end(StdioCall call, boolean hadPlace) {
    lock.lock();
    try {
      unfinished.remove(call);
      if (unfinished.isEmpty()) {
        done.signalAll();
      }
      if (hadPlace) {
        giveBack(call);
      }
      return poll();
    } finally {
      lock.unlock();
    }
  }

  /** Frees the place of a call that continues. */
  void leave(StdioCall call) {
    lock.lock();
    try {
      giveBack(call);
    } finally {
      lock.unlock();
    }
  }

  /** Gives a free place to a waiting call and returns it; null if there is none. */
  @Nullable
  StdioCall next() {
    lock.lock();
    try {
      return poll();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable StdioCall poll() {
    StdioCall first = waiting.peek();
    if (first == null || !hasPlace(first)) {
      return null;
    }
    waiting.remove();
    waitingBytes -= first.bytes();
    room.signal();
    take(first);
    return first;
  }

  /**
   * Takes a place again, before calls that wait for their first one. Call {@link #next} afterwards,
   * because one of those may get a place.
   *
   * @throws InterruptedException if the call is cancelled; it then has no place
   */
  void resume(StdioCall call) throws InterruptedException {
    lock.lock();
    try {
      resuming++;
      try {
        while (taken >= places) {
          place.await();
        }
        take(call);
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

  /** Waits until all calls have ended; returns whether they have. */
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

  /** Drops waiting calls, and accepts no more; returns all that have not ended. */
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
