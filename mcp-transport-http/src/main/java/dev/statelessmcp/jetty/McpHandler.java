package dev.statelessmcp.jetty;

import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.http.HttpHeaders;
import dev.statelessmcp.http.HttpRequest;
import dev.statelessmcp.http.StreamableHttp;
import dev.statelessmcp.transport.CancellationSource;
import dev.statelessmcp.transport.FailureLog;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.Graceful;

/**
 * The MCP endpoint as a handler of Jetty 12, to be mounted under any path of any server beside
 * other handlers. The path of the endpoint is looked for inside the context that the handler is in,
 * and with or without a slash at its end; requests for other paths are left to the next handler.
 *
 * <pre>{@code
 * StreamableHttp endpoint = StreamableHttp.builder(server).path("/mcp").build();
 * handlers.addHandler(new ContextHandler(new McpHandler(endpoint), "/echo")); // → /echo/mcp
 * }</pre>
 *
 * <p>A call blocks its thread, so a server with many slow tools should have virtual threads
 * ({@code QueuedThreadPool.setVirtualThreadsExecutor}); {@link McpHttpServer} has them where they
 * exist.
 *
 * <p>A client that goes away while a modern request is served cancels it. Jetty says nothing of
 * that to a handler that is silent, so after some time of silence the answer becomes an event
 * stream and a comment is written now and then; a write that fails tells.
 */
public final class McpHandler extends Handler.Abstract implements Graceful {
  private final StreamableHttp endpoint;
  private final Duration silence;
  private final Set<Thread> running = ConcurrentHashMap.newKeySet();
  private volatile CancellationSource ending = new CancellationSource();

  /**
   * A handler that is silent for at most 5 seconds.
   *
   * @param endpoint the endpoint; not null
   */
  public McpHandler(StreamableHttp endpoint) {
    this(endpoint, Duration.ofSeconds(5));
  }

  /**
   * A handler with a time of silence.
   *
   * @param endpoint the endpoint; not null
   * @param silence how long a modern client that takes event streams waits for a sign of life; more
   *     than 0
   */
  public McpHandler(StreamableHttp endpoint, Duration silence) {
    this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
    if (silence.isNegative() || silence.isZero()) {
      throw new IllegalArgumentException("the time of silence must be more than 0");
    }
    this.silence = silence;
  }

  @Override
  protected void doStart() throws Exception {
    ending = new CancellationSource();
    super.doStart();
  }

  /** Ends subscriptions in order; other calls are waited for by who stops the server. */
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

  /** Ends handlers that still run when the time that they were given is over. */
  @Override
  protected void doStop() throws Exception {
    running.forEach(Thread::interrupt);
    super.doStop();
  }

  /** Answers whatever the path is. */
  void answer(Request request, Response response, Callback callback) {
    Upload upload = new Upload(request);
    // A tool may take longer than the connection may be idle; a client that sends may not.
    request.addIdleTimeoutListener(timeout -> !upload.isRead());
    JettyReply reply = new JettyReply(request, response, silence, ending);
    running.add(Thread.currentThread());
    try {
      endpoint.handle(
          new HttpRequest(
              request.getMethod(), Request.getPathInContext(request), headers(request), upload),
          reply);
      upload.drain();
      callback.succeeded();
    } catch (IOException e) {
      if (upload.isStalled() && reply.refuse(HttpStatus.REQUEST_TIMEOUT_408)) {
        callback.succeeded();
      } else {
        callback.failed(e); // the client is gone
      }
    } catch (RuntimeException | Error e) { // such as a body that the heap has no room for
      FailureLog.log(Attributes.NONE, "a request failed", e);
      callback.failed(e);
    } finally {
      running.remove(Thread.currentThread());
    }
  }

  static HttpHeaders headers(Request request) {
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
