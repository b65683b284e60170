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
 * idle timeout restarts with every byte, so it does not stop a client that sends one byte a second.
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

  /** Watches HTTP/1.1 connections only: HTTP/2 has frames between requests, and its own limits. */
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

  /** The progress of the next request of a connection. Used only by the timer's thread. */
  private final class Headers {
    private long requests = -1; // the number that had begun at the last check
    private long bytes;
    private long begun;
    private final long opened = System.nanoTime();

    boolean isLate(Connection connection, long now) {
      if (connection instanceof SslConnection tls) {
        // After the handshake the HTTP connection is watched like any other
        Connection inside = tls.getSslEndPoint().getConnection();
        return (inside == null || inside.getBytesIn() == 0) && now - opened > timeoutNanos;
      }
      long received = connection.getBytesIn();
      if (connection.getMessagesIn() != requests) {
        requests = connection.getMessagesIn();
        bytes = received; // the bytes of the next request cannot be counted separately
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
