package dev.statelessmcp.jetty;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/** Creates the connector of a server, with the project's limits. */
final class Connectors {
  private static final int MAX_HEADER_BYTES = 16 << 10;

  /**
   * The maximum number of connections that wait to be accepted. With the JDK's 50, some clients of
   * a burst wait a second or more for a TCP retransmission.
   */
  private static final int BACKLOG = 1024;

  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(30);

  private Connectors() {}

  /**
   * Creates a connector.
   *
   * @param tls the TLS settings with the server's certificate; null for cleartext
   * @param more protocols in addition to HTTP/1.1, for cleartext only
   */
  static ServerConnector of(
      Server server,
      Duration receiveTimeout,
      SslContextFactory.@Nullable Server tls,
      List<Function<HttpConfiguration, ConnectionFactory>> more) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(MAX_HEADER_BYTES);
    // Clients that join a URL with a trailing slash and a path send //; answer with 404, not 400
    http.setUriCompliance(UriCompliance.DEFAULT.with(
        "empty segments", UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT));
    List<ConnectionFactory> protocols = new ArrayList<>();
    HttpConnectionFactory http1 = new HttpConnectionFactory(http);
    if (tls != null) {
      // The endpoint checks the host, and answers in JSON
      http.addCustomizer(new SecureRequestCustomizer(false));
      protocols.add(new SslConnectionFactory(tls, http1.getProtocol()));
    }
    protocols.add(http1);
    for (Function<HttpConfiguration, ConnectionFactory> protocol : more) {
      protocols.add(protocol.apply(http));
    }
    ServerConnector connector =
        new ServerConnector(server, protocols.toArray(ConnectionFactory[]::new));
    connector.setIdleTimeout(IDLE_TIMEOUT.toMillis());
    connector.setAcceptQueueSize(BACKLOG);
    connector.addBean(new SlowHeaders(connector, receiveTimeout));
    return connector;
  }
}
