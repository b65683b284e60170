package dev.statelessmcp.servlet;

import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.http.HttpHeaders;
import dev.statelessmcp.http.HttpRequest;
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

  /** How much of what is too large is looked through for the id of a response. */
  private static final long MAX_SCANNED = 16 << 20;

  private final McpServlet servlet;
  private final AsyncContext async;
  private final HttpServletRequest request;
  private final HttpHeaders
      headers; // read at the start: after an error the request belongs to others
  private final ServletReply reply;
  private final Runnable work; // this, as the thread that received the request wants it run
  private final int maxBytes;
  private final AtomicBoolean received = new AtomicBoolean();
  private final long begun = System.nanoTime();

  // Used by one thread at a time
  private @Nullable ServletInputStream in;
  private byte @Nullable [] buffer;
  private byte[] content = NOTHING;
  private int length;
  private boolean tooLarge;
  private @Nullable ResponseScan scan; // of what is too large, and may be an answer
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
    this.work = servlet.endpoint().carry(this);
  }

  /** Receives the content without a thread that waits, and then serves the request. */
  void receive() throws IOException {
    async.addListener(new Lost(reply));
    tooLarge = request.getContentLengthLong() > maxBytes;
    scan = tooLarge && mayAnswer() ? new ResponseScan() : null;
    boolean post = request.getMethod().equals("POST"); // of the others nothing is wanted
    if (!post || (tooLarge && scan == null)) {
      received.set(true);
      work.run();
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
    if (count > content.length - length) {
      int doubled = Math.min(maxBytes, Math.max(content.length * 2, length + count));
      content = Arrays.copyOf(content, doubled);
    }
    System.arraycopy(bytes, 0, content, length, count);
    length += count;
    return true;
  }

  /** Whether it may be the answer to a question of a session. */
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
      work.run();
    }
  }

  /** The content did not arrive: there is nobody to answer, or nobody that sends. */
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
      async.start(work);
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
    } catch (RuntimeException | Error e) { // such as a heap that is exhausted
      FailureLog.log(Attributes.NONE, "a request failed", e);
      reply.fail();
    } finally {
      servlet.sweep().remove(reply);
      release();
      reply.complete();
    }
  }

  /** Afterwards no more bytes count as in flight. */
  private synchronized void release() {
    released = true;
    servlet.inFlight().release(length);
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
        Attributes.NONE.with(InetSocketAddress.class, client));
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
