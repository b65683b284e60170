package dev.statelessmcp.http;

import dev.statelessmcp.engine.NotificationQueue;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.subscription.Registration;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The stream that a legacy client opens to receive changes.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#listening-for-messages-from-the-server">Listening
 *     for Messages from the Server</a>
 */
final class LegacyEventStream {
  private final Object writing = new Object();
  private HttpReply.@Nullable Stream out; // guarded by writing

  private final NotificationQueue queue = new NotificationQueue();

  /** Sends a change, without waiting for the client. */
  void push(JsonRpcMessage.Notification notification) {
    queue.add(notification);
  }

  void end() {
    queue.end();
  }

  /** Sends changes until the client or the server ends it. */
  void serve(HttpReply reply, HttpHeaders headers) throws IOException {
    Registration ending = reply.ending().onCancel(this::end);
    try {
      synchronized (writing) {
        out = reply.stream(200, headers);
        out.write(ServerSentEvents.comment()); // sends the headers, which the client waits for
      }
      Registration heartbeat = reply.every(this::beat);
      try {
        Set<JsonRpcMessage.Notification> next = queue.next();
        while (!next.isEmpty()) {
          for (JsonRpcMessage.Notification notification : next) {
            write(ServerSentEvents.event(notification));
          }
          next = queue.next();
        }
      } finally {
        heartbeat.close();
      }
      synchronized (writing) {
        out.close();
        out = null; // a last heartbeat may be in progress
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the server is stopping
    } finally {
      ending.close();
    }
  }

  /** Keeps the connection open, and detects a disconnected client. */
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
}
