package dev.statelessmcp.jetty;

import dev.statelessmcp.http.HttpRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** The content that a client sends. */
final class Upload implements HttpRequest.Body {
  /** How much of a body that is too large is still taken in, and how long is waited for more. */
  private static final long MAX_DRAINED_BYTES = 16 << 20;

  private static final long DRAIN_MILLIS = 500;

  private final Request request;
  private volatile boolean read;
  private boolean tooLarge;
  private boolean stalled;

  Upload(Request request) {
    this.request = request;
    this.read = !request.getMethod().equals("POST"); // of the others nothing is wanted
  }

  /** Whether the client has sent all that is wanted of it. */
  boolean isRead() {
    return read;
  }

  /** Whether the client has stopped sending in the middle. */
  boolean isStalled() {
    return stalled;
  }

  @Override
  public byte[] read(int maxBytes) throws IOException {
    try {
      byte[] body = null;
      if (request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH) <= maxBytes) {
        InputStream in = Request.asInputStream(request);
        body = in.readNBytes(maxBytes);
        if (body.length == maxBytes && in.read() >= 0) {
          body = null;
        }
      }
      tooLarge = body == null;
      read = true;
      return body;
    } catch (IOException e) {
      stalled = e.getCause() instanceof TimeoutException;
      throw e;
    }
  }

  /**
   * Takes in what a client is still sending that has been refused already: one that is in the
   * middle of it when the connection closes never reads why. A client that waits to be told to go
   * on is not told.
   */
  void drain() {
    if (!tooLarge || request.getHeaders().contains(HttpHeader.EXPECT)) {
      return;
    }
    long drained = 0;
    try {
      while (drained < MAX_DRAINED_BYTES) {
        Content.Chunk chunk = request.read();
        if (chunk == null) {
          CountDownLatch more = new CountDownLatch(1);
          request.demand(more::countDown);
          if (!more.await(DRAIN_MILLIS, TimeUnit.MILLISECONDS)) {
            return;
          }
        } else {
          drained += chunk.remaining();
          chunk.release();
          if (chunk.isLast()) {
            return;
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
