package dev.statelessmcp.oauth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.json.JsonLimits;
import dev.statelessmcp.json.JsonSyntaxException;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls to an authorization server, within limits of size and one limit of time for all of
 * them, from the first connection to the last byte. Used by one thread, but for {@link #abort}.
 *
 * <p>The one thing that cannot be limited is the resolution of a host name. Who must not wait for
 * it waits for another thread.
 */
final class Fetcher implements HttpConnection.Watcher {
  /** The total time by default, in milliseconds. */
  static final int MAX_MILLIS = 5000;

  private static final int MAX_BYTES = 256 << 10;
  private static final int MAX_REDIRECTS = 3;
  private static final JsonLimits LIMITS = new JsonLimits(MAX_BYTES, 32, 64 << 10);

  private final int millis;
  private final long deadline;
  private volatile @Nullable DeadlineSocket socket;
  private volatile boolean aborted;

  /** The time begins now. */
  Fetcher(int millis) {
    this.millis = millis;
    this.deadline = System.nanoTime() + millis * 1_000_000L;
  }

  /** An answer has another status than 200. */
  static final class StatusException extends IOException {
    private static final long serialVersionUID = 1L;

    StatusException(URI uri, int status) {
      super(uri + " answered with status " + status);
    }
  }

  /**
   * Reads a JSON object.
   *
   * @param form what to send with POST; null for GET
   * @param authorization the credentials of this server; null for none
   * @throws StatusException if the status is not 200
   * @throws IOException if there is no answer in time, or it is not a JSON object
   */
  ObjectNode json(URI uri, byte @Nullable [] form, @Nullable String authorization)
      throws IOException {
    byte[] body;
    try {
      body = answer(uri, form, authorization);
    } catch (StatusException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException(
          isLate()
              ? uri + " did not answer within " + millis + " ms"
              : uri + " did not answer: " + e.getMessage(),
          e);
    }
    try {
      if (Json.read(body, LIMITS) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonSyntaxException e) {
      throw new IOException(uri + " did not answer with JSON: " + e.getMessage(), e);
    }
    throw new IOException(uri + " did not answer with a JSON object");
  }

  private boolean isLate() {
    return aborted || System.nanoTime() - deadline >= 0;
  }

  /** Follows the redirects of GET. A form has credentials, which go nowhere else. */
  private byte[] answer(URI uri, byte @Nullable [] form, @Nullable String authorization)
      throws IOException {
    URI next = uri;
    for (int i = 0; i <= MAX_REDIRECTS; i++) {
      if (!Urls.isSecure(next)) {
        throw new IOException("a URL must begin with https://");
      }
      HttpConnection connection = HttpConnection.open(next, deadline, this);
      try {
        connection.send(next, form, authorization);
        int status = connection.status();
        if (status == 200) {
          return connection.content(MAX_BYTES);
        }
        if (form != null || status / 100 != 3) {
          throw new StatusException(next, status);
        }
        next = redirect(next, connection.location());
      } finally {
        connection.close();
      }
    }
    throw new IOException("it redirects more than " + MAX_REDIRECTS + " times");
  }

  /** Redirects must not lead to where others can change the answer. */
  private static URI redirect(URI from, @Nullable String location) throws IOException {
    URI to;
    try {
      to = location == null ? null : from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new IOException("it redirects to what is not a URL", e);
    }
    if (to == null
        || to.getHost() == null
        || to.getRawUserInfo() != null
        || !from.getScheme().equalsIgnoreCase(to.getScheme())
        || !Urls.isSecure(to)) {
      throw new IOException("it redirects to another scheme or nowhere");
    }
    return to;
  }

  @Override
  public void opened(DeadlineSocket newSocket) throws IOException {
    socket = newSocket;
    if (isLate()) { // after it was published, so that an abort now finds it
      throw new IOException("the time is up");
    }
  }

  /** Ends the calls, from another thread: their time is up. */
  void abort() {
    aborted = true;
    DeadlineSocket open = socket;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // It has ended
      }
    }
  }
}
