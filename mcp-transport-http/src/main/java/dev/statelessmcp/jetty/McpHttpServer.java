package dev.statelessmcp.jetty;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.http.Authenticator;
import dev.statelessmcp.http.HttpDocument;
import dev.statelessmcp.http.HttpRequest;
import dev.statelessmcp.http.LegacySessions;
import dev.statelessmcp.http.StreamableHttp;
import dev.statelessmcp.json.JsonLimits;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server with an MCP endpoint. By default it listens only on 127.0.0.1, accepts only
 * loopback hosts and origins, limits the size of requests, and waits for calls in flight when it
 * stops. Thread-safe.
 *
 * <pre>{@code
 * try (McpHttpServer http = McpHttpServer.builder(server).port(8000).start()) {
 *   http.join(); // http://127.0.0.1:8000/mcp
 * }
 * }</pre>
 */
public final class McpHttpServer implements AutoCloseable {
  /** A larger number would overflow Jetty's thread count. */
  private static final int MAX_THREADS = 1 << 20;

  /** Jetty's default number of threads. */
  private static final int POOL_THREADS = 200;

  private final Server server;
  private final ServerConnector connector;
  private final StopWatchdog watchdog;
  private final URI uri;
  private final McpHandler handler;
  private final Duration stopTimeout;
  private final Health health;
  private final Duration drainTime;
  private volatile @Nullable Thread shutdownHook; // null for none

  private McpHttpServer(
      Server server,
      ServerConnector connector,
      StopWatchdog watchdog,
      URI uri,
      McpHandler handler,
      Duration stopTimeout,
      Health health,
      Duration drainTime) {
    this.server = server;
    this.connector = connector;
    this.watchdog = watchdog;
    this.uri = uri;
    this.handler = handler;
    this.stopTimeout = stopTimeout;
    this.health = health;
    this.drainTime = drainTime;
  }

  /** Stops the server in order when the JVM ends, by SIGTERM, SIGINT or System.exit. */
  private void stopOnShutdown() {
    Thread hook = new Thread(
        () -> {
          String cutOff = stop();
          if (cutOff != null) {
            System.err.println(cutOff); // java.util.logging has ended by now
          }
        },
        "mcp-http-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    shutdownHook = hook;
  }

  /**
   * Creates a builder of an HTTP server.
   *
   * @param server the MCP server; not null
   * @return a builder
   */
  public static Builder builder(McpServer server) {
    return new Builder(server);
  }

  /**
   * The port that the server listens on.
   *
   * @return the actual port, also if 0 was requested
   */
  public int port() {
    return connector.getLocalPort();
  }

  /**
   * The URL of the endpoint.
   *
   * @return such as {@code http://127.0.0.1:8000/mcp}; {@code https} with {@link Builder#tls}
   */
  public URI uri() {
    return uri;
  }

  /**
   * Waits until the server is stopped.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  public void join() throws InterruptedException {
    server.join();
  }

  /**
   * Stops the server in order: reports at the health path that it is stopping for the time of
   * {@link Builder#drainTime}, then refuses new calls, and waits for those in flight for the time
   * of {@link Builder#stopTimeout}. Ends a few seconds later even if connections do not close; a
   * thread that cannot be interrupted then goes on, and the log names it.
   */
  @Override
  public void close() {
    Thread hook = shutdownHook;
    shutdownHook = null;
    if (hook != null) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The JVM is ending, and the shutdown hook stops the server
      }
    }
    String cutOff = stop();
    if (cutOff != null) {
      System.getLogger("dev.statelessmcp").log(Level.WARNING, cutOff);
    }
  }

  /** Returns a log message about aborted calls; null if there were none. */
  private @Nullable String stop() {
    boolean interrupted = !health.drain(drainTime);
    try {
      server.stop();
    } catch (InterruptedException e) {
      interrupted = true;
    } catch (TimeoutException e) {
      // Calls that took too long were interrupted; the server has stopped
    } catch (Exception e) {
      throw new IllegalStateException("the server did not stop in order", e);
    } finally {
      if (watchdog.gaveUp()) {
        Thread.interrupted(); // which was not meant for the caller
      } else if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    int calls = handler.cutOff();
    return calls == 0
        ? null
        : "The server stopped; calls that were aborted, because they took longer than "
            + stopTimeout
            + " (stopTimeout): "
            + calls;
  }

  /** Builds an HTTP server. Not thread-safe. */
  public static final class Builder {
    private final StreamableHttp.Builder endpoint;
    private String path = "/mcp";
    private String host = "127.0.0.1";
    private int port = 8000;
    private Duration stopTimeout = Duration.ofSeconds(5);
    private boolean stopOnShutdown = true;
    private Duration drainTime = Duration.ZERO;
    private final Health health = new Health();
    private boolean hasHealthPath;
    private SslContextFactory.@Nullable Server tls; // null for cleartext
    private final List<Function<HttpConfiguration, ConnectionFactory>> protocols =
        new ArrayList<>();
    private Duration silence = Duration.ofSeconds(5);
    private Duration receiveTimeout = Duration.ofSeconds(30);
    private long maxBytesInFlight; // 0 for the default
    private int maxConcurrentCalls = 256;
    private int maxSubscriptions = 256;

    private Builder(McpServer server) {
      endpoint = StreamableHttp.builder(server);
    }

    /**
     * Sets the path of the endpoint.
     *
     * @param newPath by default {@code /mcp}; not null
     * @return this
     */
    public Builder path(String newPath) {
      StreamableHttp.path(newPath); // throws where it is set
      path = newPath;
      return this;
    }

    /**
     * Adds a small public document; see {@link StreamableHttp.Builder#document}.
     *
     * @param documentPath its path, such as {@code /health}; begins with a slash
     * @param document creates the document for a request; must be thread-safe; may return null, for
     *     status 404
     * @return this
     */
    public Builder document(
        String documentPath, Function<HttpRequest, @Nullable HttpDocument> document) {
      endpoint.document(documentPath, document);
      return this;
    }

    /**
     * Adds a health path for load balancers and orchestrators: status 200 and <code>{"status":"up"}
     * </code>, or 503 and <code>{"status":"stopping"}</code>. Like every {@link #document} it is
     * public: host, origin and credentials are not checked.
     *
     * @param healthPath such as {@code /health}; begins with a slash
     * @return this
     * @throws IllegalArgumentException if the path does not begin with a slash, or already has a
     *     document
     */
    public Builder health(String healthPath) {
      hasHealthPath = true;
      return document(healthPath, health);
    }

    /**
     * Sets how long the server still accepts calls after {@link #close} while {@link #health}
     * reports that it is stopping, so that load balancers stop sending calls.
     *
     * @param time by default zero; should be longer than the load balancer's check interval; not
     *     negative
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public Builder drainTime(Duration time) {
      Objects.requireNonNull(time, "drainTime");
      if (time.isNegative()) {
        throw new IllegalArgumentException("drainTime must be 0 or more, was " + time);
      }
      drainTime = time;
      return this;
    }

    /**
     * Serves HTTPS instead of HTTP.
     *
     * <pre>{@code
     * SslContextFactory.Server tls = new SslContextFactory.Server();
     * tls.setKeyStorePath("server.p12");
     * tls.setKeyStorePassword(password);
     * McpHttpServer.builder(server).tls(tls).start();
     * }</pre>
     *
     * @param newTls Jetty's TLS settings, with the certificate; not null. The server starts and
     *     stops the object
     * @return this
     */
    public Builder tls(SslContextFactory.Server newTls) {
      tls = Objects.requireNonNull(newTls, "tls");
      return this;
    }

    /**
     * Adds a protocol in addition to HTTP/1.1 on the same port. Cleartext HTTP/2, for proxies that
     * use it, needs {@code org.eclipse.jetty.http2:jetty-http2-server} and
     * {@code .protocol(HTTP2CServerConnectionFactory::new)}.
     *
     * @param factory creates the protocol with the server's HTTP settings; not null
     * @return this
     */
    public Builder protocol(Function<HttpConfiguration, ConnectionFactory> factory) {
      protocols.add(Objects.requireNonNull(factory, "factory"));
      return this;
    }

    /**
     * Sets the address to listen on.
     *
     * @param newHost a name or an address, by default {@code 127.0.0.1}; {@code 0.0.0.0} for all
     *     addresses; not null. Unless it is a loopback address, {@link #allowedHosts} and
     *     {@link #allowedOrigins} must be set
     * @return this
     */
    public Builder host(String newHost) {
      Objects.requireNonNull(newHost, "host");
      boolean bracketed = newHost.startsWith("[") && newHost.endsWith("]");
      host = bracketed ? newHost.substring(1, newHost.length() - 1) : newHost;
      return this;
    }

    /**
     * Sets the port to listen on.
     *
     * @param newPort by default 8000; 0 for any free port
     * @return this
     */
    public Builder port(int newPort) {
      if (newPort < 0 || newPort > 65535) {
        throw new IllegalArgumentException("port must be from 0 to 65535, was " + newPort);
      }
      port = newPort;
      return this;
    }

    /**
     * Sets the allowed values of the {@code Host} header, in addition to the loopback names if the
     * server listens on a loopback address.
     *
     * @param hosts as for {@link StreamableHttp.Builder#allowedHosts}: host names, each with or
     *     without a port, {@code *.example.com} for all subdomains, or {@code *} for all; null for
     *     the default, which is no list
     * @return this
     * @throws IllegalArgumentException if no {@code Host} header can match an entry, such as a URL
     */
    public Builder allowedHosts(@Nullable List<String> hosts) {
      endpoint.allowedHosts(hosts);
      return this;
    }

    /**
     * Sets the allowed values of the {@code Origin} header, in addition to the server's own host.
     *
     * @param origins as for {@link StreamableHttp.Builder#allowedOrigins}: origins such as
     *     {@code https://app.example.com}, {@code https://*.example.com} for all subdomains, or
     *     {@code *} for all; empty to allow no page; null for the default, which is no list
     * @return this
     * @throws IllegalArgumentException if no {@code Origin} header can match an entry
     */
    public Builder allowedOrigins(@Nullable List<String> origins) {
      endpoint.allowedOrigins(origins);
      return this;
    }

    /**
     * Adds headers that pages of {@link #allowedOrigins} may send, in addition to those of the
     * protocol, {@code Authorization} and trace context.
     *
     * @param names such as {@code X-Api-Key}; not null
     * @return this
     * @throws IllegalArgumentException if an entry is not a header name
     */
    public Builder allowedHeaders(List<String> names) {
      endpoint.allowedHeaders(names);
      return this;
    }

    /**
     * Sets the authenticator of the requests.
     *
     * @param authenticator by default all callers are anonymous; not null
     * @return this
     */
    public Builder authenticator(Authenticator authenticator) {
      endpoint.authenticator(authenticator);
      return this;
    }

    /**
     * Sets the maximum size of a message.
     *
     * @param limits by default {@link JsonLimits#DEFAULT}; not null
     * @return this
     */
    public Builder limits(JsonLimits limits) {
      endpoint.limits(limits);
      return this;
    }

    /**
     * Sets the maximum number of concurrent calls; further ones are answered with status 503.
     *
     * @param calls at least 1; by default 256
     * @return this
     */
    public Builder maxConcurrentCalls(int calls) {
      endpoint.maxConcurrentCalls(calls);
      maxConcurrentCalls = calls;
      return this;
    }

    /**
     * Sets the maximum number of open subscriptions; further ones are answered with status 503.
     *
     * @param subscriptions at least 1; by default 256
     * @return this
     */
    public Builder maxSubscriptions(int subscriptions) {
      endpoint.maxSubscriptions(subscriptions);
      maxSubscriptions = subscriptions;
      return this;
    }

    /**
     * Keeps sessions for clients of 2025-11-25 and earlier, so that handlers can ask them questions
     * and they are notified of changes. Sessions are kept in the memory of this process.
     *
     * @param on by default false
     * @return this
     */
    public Builder legacySessions(boolean on) {
      return legacySessions(on ? LegacySessions.DEFAULT : null);
    }

    /**
     * Keeps sessions for clients of 2025-11-25 and earlier, with other limits.
     *
     * @param settings the limits; null for no sessions
     * @return this
     */
    public Builder legacySessions(@Nullable LegacySessions settings) {
      endpoint.legacySessions(settings);
      return this;
    }

    /**
     * Sets the interval of comments to a modern client that accepts event streams, while its call
     * sends nothing else. The server detects a disconnected client within this time.
     *
     * @param time more than 0; by default 5 seconds
     * @return this
     */
    public Builder silence(Duration time) {
      silence = Objects.requireNonNull(time, "time");
      return this;
    }

    /**
     * Sets how long a client may take to send the headers of a request, to send its content, and to
     * receive a piece of 64 KB of an answer. Beyond it the request is answered with status 408, or
     * the connection is closed.
     *
     * @param timeout more than 0; by default 30 seconds
     * @return this
     * @throws IllegalArgumentException if it is not more than 0
     */
    public Builder receiveTimeout(Duration timeout) {
      receiveTimeout = McpHandler.requirePositive(timeout, "receiveTimeout");
      return this;
    }

    /**
     * Sets the maximum total size of all messages that are being received, served or sent. A
     * request of more than 16 KB beyond it is answered with status 503 and {@code Retry-After}.
     *
     * @param bytes at least 1; by default a sixteenth of the maximum heap, at least the maximum
     *     size of a message
     * @return this
     * @throws IllegalArgumentException if it is less than 1
     */
    public Builder maxBytesInFlight(long bytes) {
      if (bytes < 1) {
        throw new IllegalArgumentException("maxBytesInFlight must be at least 1, was " + bytes);
      }
      maxBytesInFlight = bytes;
      return this;
    }

    /**
     * Sets how long {@link #close} waits for calls in flight.
     *
     * @param timeout by default 5 seconds; not null
     * @return this
     */
    public Builder stopTimeout(Duration timeout) {
      Objects.requireNonNull(timeout, "stopTimeout");
      if (timeout.isNegative()) {
        throw new IllegalArgumentException("stopTimeout must be 0 or more, was " + timeout);
      }
      stopTimeout = timeout;
      return this;
    }

    /**
     * Sets whether the server stops in order when the JVM ends, for example by SIGTERM: it then
     * waits for calls in flight for the stop timeout.
     *
     * @param on by default true; false for an application that closes the server itself
     * @return this
     */
    public Builder stopOnShutdown(boolean on) {
      stopOnShutdown = on;
      return this;
    }

    /**
     * Starts the server.
     *
     * @return the running server
     * @throws IllegalArgumentException if the address is not a loopback address and the allowed
     *     hosts and origins are not set, if there are TLS and another protocol, or if there is a
     *     drain time without a health path
     * @throws IOException if the address or port cannot be bound
     */
    public McpHttpServer start() throws IOException {
      JettyLog.useUnlessThereIsAnother();
      if (tls != null && !protocols.isEmpty()) {
        throw new IllegalArgumentException(
            "protocol is only for cleartext, but tls is set; for HTTP/2"
                + " over TLS use an McpHandler in your own Jetty server");
      }
      if (!hasHealthPath && !drainTime.isZero()) {
        throw new IllegalArgumentException("drainTime needs a health path; set health");
      }
      McpHandler mcp = new McpHandler(endpoint.path(path).address(host).build());
      mcp.setSilence(silence);
      mcp.setReceiveTimeout(receiveTimeout);
      if (maxBytesInFlight > 0) {
        mcp.setMaxBytesInFlight(maxBytesInFlight);
      }
      String scheme = tls == null ? "http://" : "https://";
      String shown = host.contains(":") ? "[" + host + "]" : host;
      URI anyPort = URI.create(scheme + shown + ":0" + path); // throws before the port is bound
      ServerThreads threads = newThreads((long) maxConcurrentCalls + maxSubscriptions);
      Server server = new Server(threads);
      server.setHandler(new GracefulHandler(new EveryPath(mcp)));
      server.setErrorHandler(new JsonRpcErrorHandler(mcp));
      server.setStopTimeout(TimeUnit.MILLISECONDS.convert(stopTimeout));
      ServerConnector connector = Connectors.of(server, receiveTimeout, tls, protocols);
      connector.setHost(host);
      connector.setPort(port);
      StopWatchdog watchdog = new StopWatchdog(threads);
      connector.addEventListener(watchdog);
      server.addConnector(connector);
      try {
        server.start();
      } catch (IOException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException("Jetty did not start", e);
      }
      URI uri = URI.create(scheme + shown + ":" + connector.getLocalPort() + anyPort.getRawPath());
      McpHttpServer http =
          new McpHttpServer(server, connector, watchdog, uri, mcp, stopTimeout, health, drainTime);
      if (stopOnShutdown) {
        http.stopOnShutdown();
      }
      return http;
    }

    private static ServerThreads newThreads(long calls) {
      // Each pooled call may hold a thread, in addition to those that Jetty needs
      ServerThreads threads = new ServerThreads((int) Math.min(calls + POOL_THREADS, MAX_THREADS));
      threads.setName("mcp-http");
      return threads;
    }
  }

  /**
   * Lets the endpoint answer all other paths with 404, because the server has no other handlers.
   */
  private static final class EveryPath extends Handler.Wrapper {
    private final McpHandler mcp;

    EveryPath(McpHandler mcp) {
      super(mcp);
      this.mcp = mcp;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      mcp.answer(request, response, callback);
      return true;
    }
  }
}
