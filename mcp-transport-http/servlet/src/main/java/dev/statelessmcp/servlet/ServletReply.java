package dev.statelessmcp.servlet;

import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.http.HttpHeaders;
import dev.statelessmcp.http.HttpReply;
import dev.statelessmcp.http.io.Sweep;
import dev.statelessmcp.jsonrpc.JsonRpcCodec;
import dev.statelessmcp.jsonrpc.JsonRpcError;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.subscription.Registration;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Writes an answer to the container. Each write blocks until the container has accepted it. */
final class ServletReply implements HttpReply, Sweep.Timed {
  private final McpServlet servlet;
  private final AsyncContext async;
  private final HttpServletResponse response;
  private final AtomicBoolean completed = new AtomicBoolean();
  private final ReentrantLock lock = new ReentrantLock(); // held while the response is used
  private volatile @Nullable Thread thread; // that serves the request
  private volatile @Nullable Runnable beat; // null if there is no heartbeat
  private volatile long lastBeat;
  private final AtomicBoolean beating = new AtomicBoolean();
  private volatile boolean gone; // the container has reported an error, and ends the request
  private boolean failed; // a write has failed; guarded by lock

  ServletReply(McpServlet servlet, AsyncContext async, HttpServletResponse response) {
    this.servlet = servlet;
    this.async = async;
    this.response = response;
  }

  @Override
  public void send(int status, HttpHeaders headers, byte[] body) throws IOException {
    servlet.inFlight().send(body.length);
    lock.lock();
    try {
      begin(status, headers);
      if (status != HttpServletResponse.SC_NO_CONTENT) {
        response.setContentLength(body.length);
      }
      write(response.getOutputStream(), body);
    } finally {
      lock.unlock();
      servlet.inFlight().release(body.length);
    }
  }

  @Override
  public Stream stream(int status, HttpHeaders headers) throws IOException {
    lock.lock();
    try {
      begin(status, headers);
      return new EventStream(response.getOutputStream());
    } finally {
      lock.unlock();
    }
  }

  private void begin(int status, HttpHeaders headers) throws IOException {
    requireClient();
    response.setStatus(status);
    headers.forEach(response::addHeader);
  }

  /** Writes with the lock held. After a failure the response may belong to another request. */
  private void write(ServletOutputStream out, byte[] bytes) throws IOException {
    boolean written = false;
    try {
      out.write(bytes);
      response.flushBuffer();
      written = true;
    } catch (RuntimeException e) { // as Tomcat throws for a request that it has ended
      throw new IOException("the container has ended the request", e);
    } finally {
      failed |= !written;
    }
  }

  /** The error for a request whose content did not arrive. */
  static JsonRpcError error(int status) {
    return status == HttpServletResponse.SC_SERVICE_UNAVAILABLE
        ? new JsonRpcError(
            ErrorCode.INTERNAL_ERROR, "The server is busy; the setting is maxBytesInFlight")
        : new JsonRpcError(
            ErrorCode.INVALID_REQUEST, "The content did not arrive; the setting is receiveTimeout");
  }

  /** Answers a request whose content did not arrive. */
  void refuse(int status, JsonRpcError error) throws IOException {
    HttpHeaders headers = status == HttpServletResponse.SC_SERVICE_UNAVAILABLE
        ? HttpHeaders.of("Content-Type", "application/json", "Retry-After", "1")
        : HttpHeaders.of("Content-Type", "application/json", "Connection", "close");
    send(status, headers, JsonRpcCodec.write(new JsonRpcMessage.Failure(null, error)));
  }

  /** Answers a request that failed, which has been logged, unless the answer has begun. */
  void fail() {
    lock.lock();
    try {
      requireClient();
      if (!response.isCommitted()) {
        JsonRpcError error = new JsonRpcError(ErrorCode.INTERNAL_ERROR, "Internal error");
        send(
            HttpServletResponse.SC_INTERNAL_SERVER_ERROR,
            HttpHeaders.of("Content-Type", "application/json"),
            JsonRpcCodec.write(new JsonRpcMessage.Failure(null, error)));
      }
    } catch (IOException e) {
      // The client has gone
    } finally {
      lock.unlock();
    }
  }

  /** The pieces of an event stream. */
  private final class EventStream implements Stream {
    private final ServletOutputStream out;

    EventStream(ServletOutputStream out) {
      this.out = out;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      lock.lock();
      try {
        requireClient();
        ServletReply.this.write(out, bytes);
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() throws IOException {
      lock.lock();
      try {
        requireClient();
        out.close();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Checks that the response may be used: the container reuses it after an error or the end. */
  private void requireClient() throws IOException {
    if (gone || failed || completed.get()) {
      throw new IOException(
          completed.get() ? "the answer has ended" : "the client has disconnected");
    }
  }

  /** Ends the request, which the container does itself after an error. */
  void complete() {
    lock.lock();
    try {
      if (!gone && completed.compareAndSet(false, true)) {
        async.complete();
      }
    } catch (IllegalStateException e) {
      if (!failed) { // otherwise the container may have ended the request, too
        throw e;
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isLive() {
    return true;
  }

  @Override
  public Cancellation ending() {
    return servlet.ending();
  }

  @Override
  public Registration every(Runnable newBeat) {
    thread = Thread.currentThread();
    lastBeat = System.nanoTime();
    beat = newBeat;
    return () -> {
      beat = null;
      thread = null;
    };
  }

  /** Runs on the timer's thread; starts the heartbeat on a thread that may block. */
  @Override
  public void check(long now) {
    if (now - lastBeat > servlet.silenceNanos()) {
      beat();
    }
  }

  /**
   * Called when the container reports that the client has disconnected: further writes fail, which
   * cancels the call.
   */
  void lost() {
    lock.lock(); // waits until a write in progress has failed: afterwards the container reuses the
    // response
    try {
      gone = true;
    } finally {
      lock.unlock();
    }
    beat();
  }

  private void beat() {
    Runnable current = beat;
    if (current != null && !completed.get() && beating.compareAndSet(false, true)) {
      Thread beater = new Thread(
          () -> {
            try {
              current.run();
            } finally {
              lastBeat = System.nanoTime();
              beating.set(false);
            }
          },
          "mcp-servlet-beat");
      beater.setDaemon(true);
      try {
        beater.start();
      } catch (Error e) { // no thread can be created now; the next beat tries again
        lastBeat = System.nanoTime();
        beating.set(false);
        throw e;
      }
    }
  }

  @Override
  public boolean stop() {
    Thread serving = thread;
    if (serving != null) {
      serving.interrupt();
    }
    return serving != null;
  }
}
