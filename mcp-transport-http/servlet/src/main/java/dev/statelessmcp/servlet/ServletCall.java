package dev.statelessmcp.servlet;

import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.http.HttpHeaders;
import dev.statelessmcp.http.HttpRequest;
import dev.statelessmcp.http.HttpVersion;
import dev.statelessmcp.http.io.Sweep;
import dev.statelessmcp.jsonrpc.JsonRpcError;
import dev.statelessmcp.jsonrpc.RequestId;
import dev.statelessmcp.jsonrpc.ResponseScan;
import dev.statelessmcp.transport.FailureLog;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One request, from its content to its answer.
 *
 * <p>It is served by the thread that the container calls with the end of the content. If another
 * thread did, and its write failed while the container's thread still returns, Tomcat would give
 * the response to another request at once, without telling the listener or the thread that writes.
 */
final class ServletCall implements ReadListener, Runnable, Sweep.Timed, HttpRequest.Body {
  private static final byte[] NOTHING = {};
  private static final int BUFFER = 8 << 10;

  /** How many bytes of content that is too large are scanned for the id of a response. */
  private static final long MAX_SCANNED = 16 << 20;

  private final McpServlet servlet;
  private final AsyncContext async;
  private final HttpServletRequest request;
  private final HttpHeaders
      headers; // read at the start: after an error the container reuses the request
  private final ServletReply reply;
  private Runnable work = this; // wrapped by interceptors for another thread
  private final int maxBytes;
  private final AtomicBoolean received = new AtomicBoolean();
  private final long begun = System.nanoTime();

  // Used by one thread at a time
  private @Nullable ServletInputStream in;
  private byte @Nullable [] buffer;
  private byte[] content = NOTHING;
  private int length;
  private int
      counted; // of those in flight; as many as the length, unless there is no heap for them
  private boolean tooLarge;
  private @Nullable ResponseScan scan; // of content that is too large and may be an answer
  private long scanned;
  private boolean released; // guarded by this
  private int refusal; // the status, 0 for none

  ServletCall(
      McpServlet servlet,
      AsyncContext async,
      HttpServletRequest request,
      HttpServletResponse response) {
    this.servlet = servlet;
    this.async = async;
    this.request = request;
    this.headers = headers(request);
    this.maxBytes = servlet.endpoint().maxBytes();
    this.reply = new ServletReply(servlet, async, response);
  }

  /** Receives the content without a waiting thread, and then serves the request. */
  void receive() {
    try {
      work = servlet.endpoint().carry(this);
      listen();
    } catch (IOException | RuntimeException | Error e) { // a filter has read the content, say
      received.set(true);
      servlet.sweep().remove(this);
      failed(e);
    }
  }

  private void listen() throws IOException {
    async.addListener(new Lost(reply));
    tooLarge = request.getContentLengthLong() > maxBytes;
    scan = tooLarge && mayAnswer() ? new ResponseScan() : null;
    boolean post = request.getMethod().equals("POST"); // the content of other methods is ignored
    if (!post || (tooLarge && scan == null)) {
      received.set(true);
      work();
      return;
    }
    servlet.sweep().add(this);
    in = request.getInputStream();
    buffer = new byte[BUFFER];
    in.setReadListener(this);
  }

  @Override
  public void onDataAvailable() throws IOException {
    ServletInputStream from = in;
    byte[] into = buffer;
    if (from == null || into == null) {
      return;
    }
    while (!received.get() && from.isReady()) {
      int count = from.read(into);
      if (count < 0) {
        return; // onAllDataRead follows
      }
      if (!take(into, count)) {
        begin();
      }
    }
  }

  /** Whether more of the content is wanted. */
  private synchronized boolean take(byte[] bytes, int count) {
    if (released) {
      return true; // answered without its content
    }
    if (!tooLarge && count > maxBytes - length) {
      tooLarge = true;
      if (mayAnswer()) {
        scan = new ResponseScan();
        scan.take(content, 0, length);
        content = NOTHING;
      }
    }
    if (scan != null) {
      scan.take(bytes, 0, count);
      scanned += count;
    }
    if (tooLarge) {
      return scan != null && scanned <= MAX_SCANNED;
    }
    if (!servlet.inFlight().receive(count, length + count)) {
      refusal = HttpServletResponse.SC_SERVICE_UNAVAILABLE;
      return false;
    }
    counted += count;
    if (count > content.length - length) {
      int doubled = Math.min(maxBytes, Math.max(content.length * 2, length + count));
      content = Arrays.copyOf(content, doubled);
    }
    System.arraycopy(bytes, 0, content, length, count);
    length += count;
    return true;
  }

  /** Whether the request may be the answer to a question of a session. */
  private boolean mayAnswer() {
    return request.getHeader("Mcp-Session-Id") != null && request.getHeader("Expect") == null;
  }

  @Override
  public void onAllDataRead() {
    begin();
  }

  private void begin() {
    if (received.compareAndSet(false, true)) {
      servlet.sweep().remove(this);
      work();
    }
  }

  private void work() {
    try {
      work.run();
    } catch (RuntimeException | Error e) { // of what an interceptor has put around this
      failed(e);
    }
  }

  /** Ends a request that could not begin, and would otherwise not be answered. */
  private void failed(Throwable failure) {
    FailureLog.log(Attributes.NONE, "A request failed", failure);
    release();
    try {
      reply.fail();
    } finally {
      reply.complete();
    }
  }

  /** Called if the content did not arrive: the client has disconnected or stopped sending. */
  @Override
  public void onError(Throwable failure) {
    refusal = HttpServletResponse.SC_REQUEST_TIMEOUT;
    begin();
  }

  @Override
  public void check(long now) {
    if (now - begun > servlet.receiveNanos() && received.compareAndSet(false, true)) {
      servlet.sweep().remove(this);
      refusal = HttpServletResponse.SC_REQUEST_TIMEOUT;
      try {
        async.start(this::work); // the timer must not wait for the client
      } catch (RuntimeException | Error e) { // the container has no thread for it
        failed(e);
      }
    }
  }

  @Override
  public void run() {
    servlet.sweep().add(reply);
    try {
      if (refusal != 0) {
        JsonRpcError error = ServletReply.error(refusal);
        servlet.endpoint().refused(refusal, error, headers, reply.transport());
        reply.refuse(refusal, error);
      } else {
        servlet.endpoint().handle(message(), reply);
      }
    } catch (IOException e) {
      // The client has gone
    } catch (RuntimeException | Error e) { // such as OutOfMemoryError
      FailureLog.log(Attributes.NONE, "A request failed", e);
      reply.fail();
    } finally {
      servlet.sweep().remove(reply);
      release();
      reply.complete();
    }
  }

  /** Releases the bytes in flight; no more are counted afterwards. */
  private synchronized void release() {
    if (!released) {
      released = true;
      servlet.inFlight().release(counted);
    }
  }

  private HttpRequest message() {
    String info = request.getPathInfo();
    String path = info == null ? request.getServletPath() : request.getServletPath() + info;
    String from = request.getRemoteAddr();
    InetSocketAddress client = from == null || request.getRemotePort() < 0
        ? null
        : InetSocketAddress.createUnresolved(from, request.getRemotePort());
    return new HttpRequest(
        request.getMethod(),
        path.isEmpty() ? "/" : path,
        headers,
        this,
        HttpVersion.addTo(
            Attributes.NONE.with(InetSocketAddress.class, client), request.getProtocol()));
  }

  private static HttpHeaders headers(HttpServletRequest request) {
    HttpHeaders.Builder headers = HttpHeaders.builder();
    for (String name : Collections.list(request.getHeaderNames())) {
      for (String value : Collections.list(request.getHeaders(name))) {
        headers.add(name, value);
      }
    }
    if (request.getHeader("Host") == null) { // HTTP/2
      headers.add("Host", request.getServerName() + ":" + request.getServerPort());
    }
    return headers.build();
  }

  @Override
  public @Nullable RequestId answeredQuestion() {
    return scan == null ? null : scan.id();
  }

  @Override
  public byte @Nullable [] read(int limit) {
    if (tooLarge || length > limit) {
      return null;
    }
    return length == content.length ? content : Arrays.copyOf(content, length);
  }
}
