package dev.statelessmcp.engine;

import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Notifications that wait to be sent on one stream. A notification that equals a waiting one is
 * dropped, which also limits the queue. Thread-safe.
 */
public final class NotificationQueue {
  // A lock, not a monitor: before JDK 24 waiting on a monitor pins the carrier of a virtual thread,
  // and as many waiting streams as there are carriers would stop the server
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by the lock
  private Set<JsonRpcMessage.Notification> waiting = new LinkedHashSet<>();
  private boolean ended;

  /** Creates an empty queue. */
  public NotificationQueue() {}

  /**
   * Adds a notification. Returns immediately.
   *
   * @param notification the notification; not null
   */
  public void add(JsonRpcMessage.Notification notification) {
    lock.lock();
    try {
      if (!ended) {
        waiting.add(notification);
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends the queue. Earlier notifications are still delivered. */
  public void end() {
    lock.lock();
    try {
      ended = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for the next notifications.
   *
   * @return those that have been added since the last call, in order; empty at the end
   * @throws InterruptedException if the thread is interrupted
   */
  public Set<JsonRpcMessage.Notification> next() throws InterruptedException {
    lock.lock();
    try {
      while (waiting.isEmpty() && !ended) {
        changed.await();
      }
      Set<JsonRpcMessage.Notification> next = waiting;
      waiting = new LinkedHashSet<>();
      return next;
    } finally {
      lock.unlock();
    }
  }
}
