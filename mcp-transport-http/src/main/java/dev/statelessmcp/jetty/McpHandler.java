package dev.statelessmcp.jetty;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.http.HttpHeaders;
import dev.statelessmcp.http.HttpRequest;
import dev.statelessmcp.http.HttpVersion;
import dev.statelessmcp.http.StreamableHttp;
import dev.statelessmcp.http.io.BytesInFlight;
import dev.statelessmcp.http.io.Sweep;
import dev.statelessmcp.jsonrpc.JsonRpcError;
import dev.statelessmcp.transport.CancellationSource;
import dev.statelessmcp.transport.FailureLog;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.component.Graceful;
import org.jspecify.annotations.Nullable;

/**
 * The MCP endpoint as a Jetty 12 handler, for use with other handlers in any server. The endpoint's
 * path is relative to the context of the handler; a trailing slash is ignored. Requests for other
 * paths go to the next handler.
 *
 * <pre>{@code
 * StreamableHttp endpoint = StreamableHttp.builder(server).path("/mcp").build();
 * handlers.addHandler(new ContextHandler(new McpHandler(endpoint), "/echo")); // → /echo/mcp
 * }</pre>
 *
 * <p>A few calls run on threads of the server's pool, and further ones on virtual threads if the
 * JDK has them. No thread waits for a client that sends or receives slowly.
 *
 * <p>If the client disconnects during a modern request, the request is cancelled. Jetty detects
 * this only on a write, so after some time without a message the answer becomes an event stream
 * with periodic comments.
 *
 * <p>Change settings only before the handler is started.
 */
public final class McpHandler extends Handler.Abstract implements Graceful {
  /**
   * How many calls run on threads of the pool, because handing a call of a few microseconds to
   * another thread costs more than serving it. If this many calls block, further ones run on
   * virtual threads.
   */
  private static final int POOLED_CALLS = 32;

  private final StreamableHttp endpoint;
  private final AtomicInteger pooled = new AtomicInteger();
  private final Executor virtual = VirtualThreads.getDefaultVirtualThreadsExecutor(); // may be null
  private Duration silence = Duration.ofSeconds(5);
  private Duration receiveTimeout = Duration.ofSeconds(30);
  private BytesInFlight inFlight;
  private final Sweep sweep = new Sweep();
  private volatile int cutOff;
  private volatile CancellationSource ending = new CancellationSource();

  /**
   * Creates a handler.
   *
   * @param endpoint the endpoint; not null
   */
  public McpHandler(StreamableHttp endpoint) {
    this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
    inFlight = new BytesInFlight(BytesInFlight.defaultFor(endpoint.maxBytes()));
  }

  /**
   * Creates a handler with a heartbeat interval.
   *
   * @param endpoint the endpoint; not null
   * @param silence see {@link #setSilence}
   */
  public McpHandler(StreamableHttp endpoint, Duration silence) {
    this(endpoint);
    setSilence(silence);
  }

  /**
   * Sets the interval of comments to a modern client that accepts event streams, while its call
   * sends nothing else. The handler detects a disconnected client within this time.
   *
   * @param time more than 0; by default 5 seconds
   */
  public final void setSilence(Duration time) {
    silence = requirePositive(time, "silence");
  }

  /**
   * Sets how long a client may take to send the content of a request, and to receive a piece of 64
   * KB of an answer. Beyond it the request is answered with status 408, or the connection is
   * closed.
   *
   * @param time more than 0; by default 30 seconds
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

  static Duration requirePositive(Duration time, String what) {
    Objects.requireNonNull(time, what);
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException(what + " must be more than 0, was " + time);
    }
    return time;
  }

  Sweep sweep() {
    return sweep;
  }

  /** How many calls were interrupted at the last stop, because they exceeded the stop timeout. */
  int cutOff() {
    return cutOff;
  }

  BytesInFlight inFlight() {
    return inFlight;
  }

  Cancellation ending() {
    return ending;
  }

  /** Tells interceptors and the request log that Jetty or this handler has refused a request. */
  void refused(Request request, int status, JsonRpcError error) {
    endpoint.refused(status, error, fields(request), "http");
  }

  long silenceNanos() {
    return NANOSECONDS.convert(silence);
  }

  long receiveNanos() {
    return NANOSECONDS.convert(receiveTimeout);
  }

  @Override
  protected void doStart() throws Exception {
    ending = new CancellationSource();
    super.doStart();
    scheduleSweep();
    endpoint.prepare();
  }

  private void scheduleSweep() {
    if (isStarting() || isStarted()) {
      Duration shortest = silence.compareTo(receiveTimeout) < 0 ? silence : receiveTimeout;
      getServer()
          .getScheduler()
          .schedule(this::sweepOnce, Sweep.intervalMillis(shortest), MILLISECONDS);
    }
  }

  private void sweepOnce() {
    try {
      sweep.run();
    } finally {
      scheduleSweep();
    }
  }

  /** Ends subscriptions in order; Jetty waits for other calls. */
  @Override
  public CompletableFuture<Void> shutdown() {
    ending.cancel();
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public boolean isShutdown() {
    return ending.isCancelled();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    if (!endpoint.isAt(Request.getPathInContext(request))) {
      return false;
    }
    answer(request, response, callback);
    return true;
  }

  /** Interrupts handlers that still run after the stop timeout. */
  @Override
  protected void doStop() throws Exception {
    cutOff = sweep.stop();
    super.doStop();
  }

  /** Answers a request with any path. */
  void answer(Request request, Response response, Callback callback) {
    ContentReader content = new ContentReader(request, endpoint.maxBytes(), inFlight);
    // A tool may take longer than the idle timeout of the connection; a client that sends may not
    request.addIdleTimeoutListener(timeout -> !content.isDone());
    Call call = new Call(request, response, callback, content);
    try {
      if (content.read()) {
        call.begin();
      } else if (!content.isWorthAsking() || !call.refuse()) {
        call.receive();
      }
    } catch (Throwable failure) {
      call.failed(failure);
    }
  }

  /** One request, from its content to its answer. */
  private final class Call implements Runnable, Sweep.Timed {
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final ContentReader content;
    private final AtomicBoolean received = new AtomicBoolean();
    private final AtomicBoolean released = new AtomicBoolean();
    private final Runnable work; // this, wrapped by interceptors for another thread
    private volatile boolean served; // from when this runs
    private @Nullable HttpHeaders headers; // created once for all calls of the endpoint
    private long begun;

    Call(Request request, Response response, Callback callback, ContentReader content) {
      this.request = request;
      this.response = response;
      this.callback = callback;
      this.content = content;
      this.work = endpoint.carry(this);
    }

    /** Refuses the request before its content is received, if its headers are enough to decide. */
    boolean refuse() {
      JettyReply reply = new JettyReply(McpHandler.this, request, response, callback);
      try {
        if (!endpoint.refuse(message(), reply)) {
          return false;
        }
      } catch (IOException e) {
        reply.failed(e);
      }
      release();
      return true;
    }

    /** The content is not needed any more, and none is taken from now on. */
    private void release() {
      if (released.compareAndSet(false, true)) {
        inFlight.release(content.close());
      }
    }

    /**
     * Ends a request that could not begin: an interceptor failed, say, or the heap is exhausted.
     */
    void failed(Throwable failure) {
      sweep.remove(this);
      release();
      FailureLog.log(Attributes.NONE, "A request failed", failure);
      if (!served) {
        callback.failed(failure);
      }
    }

    /** Waits for more of the content, without a thread. */
    void receive() {
      begun = System.nanoTime();
      sweep.add(this);
      request.demand(this::more);
    }

    private void more() {
      if (received.get()) {
        return;
      }
      boolean begins = false;
      try {
        if (!content.read()) {
          request.demand(this::more);
          return;
        }
        begins = received.compareAndSet(false, true);
        if (begins) {
          sweep.remove(this);
          begin();
        }
      } catch (Throwable failure) { // including OutOfMemoryError
        if (begins || received.compareAndSet(false, true)) {
          failed(failure);
        }
      }
    }

    @Override
    public void check(long now) {
      if (now - begun > receiveNanos() && received.compareAndSet(false, true)) {
        sweep.remove(this);
        try {
          request.getComponents().getExecutor().execute(this::expire);
        } catch (RejectedExecutionException e) {
          expire(); // a pool that is full must not keep what the request holds
        }
      }
    }

    private void expire() {
      release();
      new JettyReply(McpHandler.this, request, response, callback)
          .refuse(
              HttpStatus.REQUEST_TIMEOUT_408,
              HttpHeaders.NONE,
              "the content took longer than "
                  + MILLISECONDS.convert(receiveTimeout)
                  + " ms; the setting is receiveTimeout");
    }

    /** Serves the request after its content has arrived, on this thread or on another one. */
    void begin() {
      if (virtual == null) {
        work();
      } else if (pooled.incrementAndGet() <= POOLED_CALLS) {
        try {
          work();
        } finally {
          pooled.decrementAndGet();
        }
      } else {
        pooled.decrementAndGet();
        virtual.execute(this::work);
      }
    }

    private void work() {
      try {
        work.run();
      } catch (Throwable failure) { // of what an interceptor has put around this
        failed(failure);
      }
    }

    @Override
    public void run() {
      served = true;
      Callback end = content.isTooLarge() && !request.getHeaders().contains(HttpHeader.EXPECT)
          ? new Drain(request, sweep, callback)
          : callback;
      JettyReply reply = new JettyReply(McpHandler.this, request, response, end);
      sweep.add(reply);
      try {
        serve(reply);
        reply.ended();
      } catch (Throwable failure) {
        reply.failed(failure);
      } finally {
        sweep.remove(reply);
        release();
      }
    }

    private void serve(JettyReply reply) throws IOException {
      if (content.isRefused()) {
        reply.refuse(
            HttpStatus.SERVICE_UNAVAILABLE_503,
            HttpHeaders.of("Retry-After", "1"),
            "the server is busy; the setting is maxBytesInFlight");
      } else if (content.failure() instanceof TimeoutException) {
        reply.refuse(
            HttpStatus.REQUEST_TIMEOUT_408,
            HttpHeaders.NONE,
            "the content did not arrive within the idle timeout of the connection");
      } else {
        endpoint.handle(message(), reply);
      }
    }

    private HttpRequest message() {
      HttpHeaders fields = headers;
      if (fields == null) {
        fields = fields(request);
        headers = fields;
      }
      // Null over a Unix domain socket
      InetSocketAddress client = request.getConnectionMetaData().getRemoteSocketAddress()
              instanceof InetSocketAddress address
          ? address
          : null;
      return new HttpRequest(
          request.getMethod(),
          Request.getPathInContext(request),
          fields,
          content,
          HttpVersion.addTo(
              Attributes.NONE.with(InetSocketAddress.class, client),
              request.getConnectionMetaData().getProtocol()));
    }
  }

  private static HttpHeaders fields(Request request) {
    HttpHeaders.Builder headers = HttpHeaders.builder();
    for (HttpField field : request.getHeaders()) {
      headers.add(field.getName(), field.getValue());
    }
    if (!request.getHeaders().contains(HttpHeader.HOST)) {
      headers.add("Host", request.getHttpURI().getAuthority()); // HTTP/2
    }
    return headers.build();
  }
}
