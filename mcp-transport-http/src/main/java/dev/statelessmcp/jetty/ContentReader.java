package dev.statelessmcp.jetty;

import dev.statelessmcp.http.HttpRequest;
import dev.statelessmcp.http.io.BytesInFlight;
import dev.statelessmcp.jsonrpc.RequestId;
import dev.statelessmcp.jsonrpc.ResponseScan;
import java.io.IOException;
import java.util.Arrays;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Receives the content of a request without a waiting thread: {@link #read} takes the bytes that
 * have arrived, and is called again for more. Used by one thread at a time.
 */
final class ContentReader implements HttpRequest.Body {
  /** How many bytes of content that is too large are scanned for the id of a response. */
  private static final long MAX_SCANNED = 16 << 20;

  /** The largest array that is created for an announced length before the content has arrived. */
  private static final int MAX_TRUSTED_BYTES = 64 << 10;

  private static final String SESSION_ID = "Mcp-Session-Id";

  private static final byte[] NOTHING = {};

  private final Request request;
  private final int maxBytes;
  private final BytesInFlight inFlight;
  private final long announced; // -1 if there is no Content-Length
  private byte[] content = NOTHING;
  private int length;
  private int
      counted; // of those in flight; as many as the length, unless there is no heap for them
  private boolean tooLarge;
  private final boolean mayAnswer; // a question of a session
  private @Nullable ResponseScan scan; // of content that is too large
  private long scanned;
  private boolean refused;
  private @Nullable Throwable failure;
  private volatile boolean done;

  ContentReader(Request request, int maxBytes, BytesInFlight inFlight) {
    this.request = request;
    this.maxBytes = maxBytes;
    this.inFlight = inFlight;
    announced = request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH);
    mayAnswer = request.getHeaders().contains(SESSION_ID)
        && !request.getHeaders().contains(HttpHeader.EXPECT);
    tooLarge = announced > maxBytes;
    scan = tooLarge && mayAnswer ? new ResponseScan() : null;
    // The content of other methods is ignored
    done = !request.getMethod().equals("POST") || (tooLarge && scan == null);
  }

  /**
   * Takes the bytes that have arrived.
   *
   * @return true if no more bytes will come or are needed
   */
  synchronized boolean read() {
    while (!done) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        return false;
      }
      if (Content.Chunk.isFailure(chunk)) {
        failure = chunk.getFailure();
        done = true;
      } else {
        try {
          take(chunk);
        } finally {
          chunk.release();
        }
        done |= chunk.isLast();
      }
    }
    return true;
  }

  private void take(Content.Chunk chunk) {
    int more = chunk.remaining();
    if (!tooLarge && more > maxBytes - length) {
      tooLarge = true;
      if (mayAnswer) {
        scan = new ResponseScan();
        scan.take(content, 0, length);
        content = NOTHING;
      }
    }
    if (scan != null) {
      scan(scan, chunk);
      return;
    }
    refused = !tooLarge && !inFlight.receive(more, length + more);
    if (tooLarge || refused) {
      done = true;
      return;
    }
    counted += more;
    if (more > content.length - length) {
      content = Arrays.copyOf(content, capacity(length + more));
    }
    chunk.get(content, length, more);
    length += more;
  }

  private void scan(ResponseScan into, Content.Chunk chunk) {
    byte[] bytes = new byte[chunk.remaining()];
    chunk.get(bytes, 0, bytes.length);
    into.take(bytes, 0, bytes.length);
    scanned += bytes.length;
    done = scanned > MAX_SCANNED;
  }

  private int capacity(int needed) {
    if (announced >= needed && announced <= MAX_TRUSTED_BYTES) {
      return (int) announced;
    }
    if (announced >= needed && needed >= announced / 4) {
      return (int) announced; // enough has arrived to trust the length
    }
    int doubled = Math.max(needed, Math.min(content.length * 2, maxBytes));
    return announced >= needed ? (int) Math.min(doubled, announced) : doubled;
  }

  /**
   * Stops reading: the request is answered without its content. Returns how many bytes count as in
   * flight; none are added afterwards.
   */
  synchronized int close() {
    done = true;
    return counted;
  }

  /** Whether the headers should be checked before the content is received. */
  boolean isWorthAsking() {
    return announced < 0
        || announced > MAX_TRUSTED_BYTES
        || request.getHeaders().contains(HttpHeader.EXPECT);
  }

  /** Whether all needed content has arrived. */
  boolean isDone() {
    return done;
  }

  /** Whether the limit of bytes in flight does not allow the content. */
  boolean isRefused() {
    return refused;
  }

  /** Why the content did not arrive; null if it did. */
  @Nullable
  Throwable failure() {
    return failure;
  }

  /** Whether the client is still sending content that will not be read. */
  boolean isTooLarge() {
    return tooLarge;
  }

  @Override
  public @Nullable RequestId answeredQuestion() {
    return scan == null ? null : scan.id();
  }

  @Override
  public byte @Nullable [] read(int limit) throws IOException {
    if (failure != null) {
      throw failure instanceof IOException io ? io : new IOException(failure);
    }
    if (tooLarge || length > limit) {
      return null;
    }
    return length == content.length ? content : Arrays.copyOf(content, length);
  }
}
