package dev.statelessmcp.jetty;

import dev.statelessmcp.http.HttpHeaders;
import dev.statelessmcp.http.HttpRequest;
import dev.statelessmcp.http.StreamableHttp;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The MCP endpoint as a handler of Jetty 12, to be mounted under any path of any server beside
 * other handlers. The path of the endpoint is looked for inside the context that the handler is in,
 * and with or without a slash at its end; requests for other paths are left to the next handler.
 *
 * <pre>{@code
 * StreamableHttp endpoint = StreamableHttp.of(server).path("/mcp").build();
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
public final class McpHandler extends Handler.Abstract {
  /** How much of a body that is too large is still taken in. */
  private static final long MAX_DRAINED_BYTES = 16 << 20;

  private final StreamableHttp endpoint;
  private final Duration silence;

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
  public boolean handle(Request request, Response response, Callback callback) {
    if (!endpoint.isAt(Request.getPathInContext(request))) {
      return false;
    }
    answer(request, response, callback);
    return true;
  }

  /** Answers whatever the path is. */
  void answer(Request request, Response response, Callback callback) {
    AtomicBoolean bodyRead = new AtomicBoolean();
    // A tool may take longer than the connection may be idle; a client that sends may not.
    request.addIdleTimeoutListener(timeout -> !bodyRead.get());
    try {
      endpoint.handle(
          new HttpRequest(
              request.getMethod(),
              Request.getPathInContext(request),
              headers(request),
              maxBytes -> {
                byte[] body = read(request, maxBytes);
                bodyRead.set(true);
                return body;
              }),
          new JettyReply(request, response, silence));
      callback.succeeded();
    } catch (IOException e) {
      callback.failed(e); // the client is gone
    }
  }

  private static HttpHeaders headers(Request request) {
    HttpHeaders.Builder headers = HttpHeaders.builder();
    for (HttpField field : request.getHeaders()) {
      headers.add(field.getName(), field.getValue());
    }
    if (!request.getHeaders().contains(HttpHeader.HOST)) {
      headers.add("Host", request.getHttpURI().getAuthority()); // HTTP/2
    }
    return headers.build();
  }

  private static byte[] read(Request request, int maxBytes) throws IOException {
    InputStream in = Request.asInputStream(request);
    if (request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH) <= maxBytes) {
      byte[] body = in.readNBytes(maxBytes);
      if (body.length < maxBytes || in.read() < 0) {
        return body;
      }
    }
    // A client that is still sending when the connection closes never reads why
    in.skip(MAX_DRAINED_BYTES);
    return null;
  }
}
