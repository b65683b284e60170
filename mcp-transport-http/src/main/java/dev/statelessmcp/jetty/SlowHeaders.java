package dev.statelessmcp.jetty;

import dev.statelessmcp.http.io.Sweep;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.AbstractLifeCycle;

/**
 * Closes connections on which the TLS handshake or the headers of a request take too long. Jetty's
 * idle timeout begins anew with every byte, so it does not end a client that sends one byte a
 * second.
 */
final class SlowHeaders extends AbstractLifeCycle implements Connection.Listener, Runnable {
  private final ServerConnector connector;
  private final long timeoutNanos;
  private final long intervalMillis;
  private final Map<Connection, Headers> connections = new ConcurrentHashMap<>();

  SlowHeaders(ServerConnector connector, Duration timeout) {
    this.connector = connector;
    timeoutNanos = TimeUnit.NANOSECONDS.convert(timeout);
    intervalMillis = Sweep.intervalMillis(timeout);
  }

  @Override
  protected void doStart() {
    schedule();
  }

  /** Not those of HTTP/2, which has frames between requests, and limits of its own. */
  @Override
  public void onOpened(Connection connection) {
    if (connection instanceof ConnectionMetaData || connection instanceof SslConnection) {
      connections.put(connection, new Headers());
    }
  }

  @Override
  public void onClosed(Connection connection) {
    connections.remove(connection);
  }

  private void schedule() {
    if (isStarting() || isStarted()) {
      connector.getScheduler().schedule(this, intervalMillis, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void run() {
    try {
      long now = System.nanoTime();
      for (Map.Entry<Connection, Headers> each : connections.entrySet()) {
        if (each.getValue().isLate(each.getKey(), now)) {
          each.getKey()
              .getEndPoint()
              .close(new TimeoutException("the client sends the headers too slowly"));
        }
      }
    } finally {
      schedule();
    }
  }

  /** What has arrived of the next request of a connection. Used by the timer's thread alone. */
  private final class Headers {
    private long requests = -1; // those that had begun when this was last looked at
    private long bytes;
    private long begun;
    private final long opened = System.nanoTime();

    boolean isLate(Connection connection, long now) {
      if (connection instanceof SslConnection tls) {
        // Behind the handshake there is a connection for HTTP, which is looked at as any other
        Connection inside = tls.getSslEndPoint().getConnection();
        return (inside == null || inside.getBytesIn() == 0) && now - opened > timeoutNanos;
      }
      long received = connection.getBytesIn();
      if (connection.getMessagesIn() != requests) {
        requests = connection.getMessagesIn();
        bytes = received; // what has arrived of the next request is not known apart
        begun = 0;
        if (requests > 0) {
          return false;
        }
        bytes = 0; // the first request of the connection
      }
      if (connection.getMessagesIn() > connection.getMessagesOut()) {
        bytes = received; // content of the request that is being served
        begun = 0;
        return false;
      }
      if (received == bytes) {
        return false; // Jetty's idle timeout ends it
      }
      if (begun == 0) {
        begun = now | 1;
      }
      return now - begun > timeoutNanos;
    }
  }
}
