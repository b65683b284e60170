package dev.statelessmcp.servlet;

import dev.statelessmcp.http.StreamableHttp;
import dev.statelessmcp.http.io.BytesInFlight;
import dev.statelessmcp.http.io.Sweep;
import dev.statelessmcp.transport.CancellationSource;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The MCP endpoint as a servlet, for Tomcat, Jetty, Spring Boot and other containers of Jakarta
 * Servlet 6.
 *
 * <pre>{@code
 * StreamableHttp endpoint = StreamableHttp.builder(server).build(); // accepts every path
 * ServletRegistration.Dynamic mcp = context.addServlet("mcp", new McpServlet(endpoint));
 * mcp.setAsyncSupported(true);
 * mcp.addMapping("/mcp");
 * }</pre>
 *
 * <p>The servlet must be registered with support for asynchronous requests. The content of a
 * request is received without a waiting thread; a call then holds one of the container's threads,
 * so a container with many slow tools should use virtual threads.
 *
 * <p>The endpoint's path, if it has one, is relative to the context path. Requests for other paths
 * get status 404.
 *
 * <p>If the client disconnects during a modern request, the request is cancelled. Containers do not
 * always report this, so after some time without a message the answer becomes an event stream with
 * periodic comments, and a failed write cancels the request.
 *
 * <p>Change settings only before the servlet is initialized.
 */
public class McpServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient StreamableHttp endpoint;
  private final transient Sweep sweep = new Sweep();
  /** The interval of comments. */
  private Duration silence = Duration.ofSeconds(5);
  /** The time limit for the content of a request. */
  private Duration receiveTimeout = Duration.ofSeconds(30);

  private transient BytesInFlight inFlight;
  private transient @Nullable ScheduledExecutorService timer;
  private transient volatile CancellationSource ending = new CancellationSource();

  /**
   * Creates a servlet.
   *
   * @param endpoint the endpoint; not null
   */
  public McpServlet(StreamableHttp endpoint) {
    this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
    inFlight = new BytesInFlight(BytesInFlight.defaultFor(endpoint.maxBytes()));
  }

  /**
   * Sets the interval of comments to a modern client that accepts event streams, while its call
   * sends nothing else. The servlet detects a disconnected client within this time.
   *
   * @param time more than 0; by default 5 seconds
   * @throws IllegalArgumentException if it is not more than 0
   */
  public final void setSilence(Duration time) {
    silence = requirePositive(time, "silence");
  }

  /**
   * Sets how long a client may take to send the content of a request. Beyond it the request is
   * answered with status 408. The limits for headers and for receiving an answer are those of the
   * container.
   *
   * @param time more than 0; by default 30 seconds
   * @throws IllegalArgumentException if it is not more than 0
   */
  public final void setReceiveTimeout(Duration time) {
    receiveTimeout = requirePositive(time, "receiveTimeout");
  }

  /**
   * Sets the maximum total size of all messages that are being received, served or sent. A request
   * of more than 16 KB beyond it is answered with status 503 and {@code Retry-After}.
   *
   * @param bytes at least 1; by default a sixteenth of the maximum heap, at least the maximum size
   *     of a message
   * @throws IllegalArgumentException if it is less than 1
   */
  public final void setMaxBytesInFlight(long bytes) {
    inFlight = BytesInFlight.of(bytes, endpoint.maxBytes());
  }

  private static Duration requirePositive(Duration time, String what) {
    Objects.requireNonNull(time, what);
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException(what + " must be more than 0, was " + time);
    }
    return time;
  }

  final StreamableHttp endpoint() {
    return endpoint;
  }

  final Sweep sweep() {
    return sweep;
  }

  final BytesInFlight inFlight() {
    return inFlight;
  }

  final CancellationSource ending() {
    return ending;
  }

  final long silenceNanos() {
    return TimeUnit.NANOSECONDS.convert(silence);
  }

  final long receiveNanos() {
    return TimeUnit.NANOSECONDS.convert(receiveTimeout);
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // the sweep throws nothing
  public void init() {
    ending = new CancellationSource();
    Duration shortest = silence.compareTo(receiveTimeout) < 0 ? silence : receiveTimeout;
    long interval = Sweep.intervalMillis(shortest);
    timer = Executors.newSingleThreadScheduledExecutor(task -> {
      Thread thread = new Thread(task, "mcp-servlet-timer");
      thread.setDaemon(true);
      return thread;
    });
    timer.scheduleWithFixedDelay(sweep, interval, interval, TimeUnit.MILLISECONDS);
    endpoint.prepare();
  }

  /** Ends subscriptions in order, and interrupts handlers that still run. */
  @Override
  public void destroy() {
    ending.cancel();
    sweep.stop();
    if (timer != null) {
      timer.shutdownNow();
    }
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!request.isAsyncSupported()) {
      throw new IllegalStateException("the servlet must be registered with asyncSupported = true");
    }
    AsyncContext async = request.startAsync(request, response);
    async.setTimeout(0); // calls have no time limit
    new ServletCall(this, async, request, response).receive();
  }
}
