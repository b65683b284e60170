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
 * The calls of one connection: as many run as there are places, and a bounded number waits. A call
 * keeps its place until its answer has been written, so that a client which does not read cannot
 * make the server do ever more. While it waits for an answer of the client it has none: that answer
 * may stand behind other calls in the pipe, which could not be read otherwise.
 */
final class CallQueue {
  /** How far the server reads ahead, to see cancellations and answers behind calls. */
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
   * An empty queue. The lines of all calls that run are bounded too: by the largest one there can
   * be, or by a share of the heap.
   *
   * @param places how many calls may run at once
   * @param maxLine the most bytes that a line may have
   */
  CallQueue(int places, int maxLine) {
    this.places = places;
    this.maxBytes = Math.max(maxLine, Runtime.getRuntime().maxMemory() / HEAP_SHARE);
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

  /** Ends a call; returns another one that has got a place, or null. */
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

  /** Gives the place of a call back, which goes on. */
  void leave(StdioCall call) {
    lock.lock();
    try {
      giveBack(call);
    } finally {
      lock.unlock();
    }
  }

  /** A call that has waited, and has a place now; null if there is none. */
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
   * Takes a place again, before any call that waits for its first one; those may have a place
   * afterwards, so {@link #next} is asked.
   *
   * @throws InterruptedException if the call is cancelled, and goes on without
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
