package dev.statelessmcp.http;

import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The stream that a legacy client opens to hear of changes.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#listening-for-messages-from-the-server">Listening
 *     for Messages from the Server</a>
 */
final class LegacyEventStream {
  private final Object writing = new Object();
  private HttpReply.Stream out; // guarded by writing

  // A lock of its own and no monitor: one that is waited on holds on to the carrier of a virtual
  // thread before JDK 24
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by the lock. What changes twice before it is sent is sent once, which also bounds it.
  private Set<JsonRpcMessage.Notification> waiting = new LinkedHashSet<>();
  private boolean ended;

  /** Has a change sent; returns at once, whatever the client does. */
  void push(JsonRpcMessage.Notification notification) {
    lock.lock();
    try {
      waiting.add(notification);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Sends changes until somebody ends it. */
  void serve(HttpReply reply, HttpHeaders headers) throws IOException {
    Cancellation.Registration ending = reply.ending().onCancel(this::end);
    try {
      synchronized (writing) {
        out = reply.stream(200, headers);
        out.write(ServerSentEvents.comment()); // sends the headers, for which the client waits
      }
      HttpReply.Heartbeat heartbeat = reply.every(this::beat);
      try {
        Set<JsonRpcMessage.Notification> next = next();
        while (!next.isEmpty()) {
          for (JsonRpcMessage.Notification notification : next) {
            write(ServerSentEvents.event(notification));
          }
          next = next();
        }
      } finally {
        heartbeat.stop();
      }
      synchronized (writing) {
        out.close();
        out = null; // a last beat may be under way
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the server stops without further ado
    } finally {
      ending.close();
    }
  }

  /**
   * Shows that somebody is there, to the client and to what is between, and notices its absence.
   */
  private void beat() {
    try {
      write(ServerSentEvents.comment());
    } catch (IOException e) {
      end();
    }
  }

  private void write(byte[] bytes) throws IOException {
    synchronized (writing) {
      if (out != null) {
        out.write(bytes);
      }
    }
  }

  /** Waits for the next changes; empty at the end. */
  private Set<JsonRpcMessage.Notification> next() throws InterruptedException {
    lock.lock();
    try {
      while (waiting.isEmpty() && !ended) {
        changed.await();
      }
      Set<JsonRpcMessage.Notification> next = ended ? Set.of() : waiting;
      waiting = new LinkedHashSet<>();
      return next;
    } finally {
      lock.unlock();
    }
  }
}
