package dev.statelessmcp.oauth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.json.JsonLimits;
import dev.statelessmcp.json.JsonSyntaxException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;

/**
 * Calls an authorization server, with a limit of size and one time limit for all its calls, from
 * the first connection to the last byte. Used by one thread.
 *
 * <p>In two cases a call may take longer: the resolution of a host name cannot be limited; and
 * without TLS, which is only for servers on this machine, the JDK continues to read a chunk size,
 * or the rest of the content, that a server sends byte by byte. A request that must not wait for
 * these uses another thread.
 */
final class Fetcher {
  /** The default time limit, in milliseconds. */
  static final int MAX_MILLIS = 5000;

  private static final int MAX_BYTES = 256 << 10;
  private static final int MAX_REDIRECTS = 3;
  private static final JsonLimits LIMITS = new JsonLimits(MAX_BYTES, 32, 64 << 10);

  private final int millis;
  private final long deadline;

  /** Creates a fetcher, whose time begins now. */
  Fetcher(int millis) {
    this.millis = millis;
    this.deadline = System.nanoTime() + millis * 1_000_000L;
  }

  /** Thrown if an answer has another status than 200. */
  static final class StatusException extends IOException {
    private static final long serialVersionUID = 1L;

    StatusException(URI uri, int status) {
      super(uri + " answered with status " + status);
    }
  }

  /**
   * Reads a JSON object.
   *
   * @param form the content of a POST; null for GET
   * @param authorization the credentials of this server; null for none
   * @throws StatusException if the status is not 200
   * @throws IOException if there is no answer within the time limit, or it is not a JSON object
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
    return System.nanoTime() - deadline >= 0;
  }

  /** Follows the redirects of GET. A form has credentials, so its redirects are not followed. */
  private byte[] answer(URI uri, byte @Nullable [] form, @Nullable String authorization)
      throws IOException {
    URI next = uri;
    for (int i = 0; i <= MAX_REDIRECTS; i++) {
      HttpURLConnection connection = open(next);
      Watchdog watchdog =
          connection instanceof HttpsURLConnection ? null : new Watchdog(connection);
      try {
        send(connection, form, authorization);
        int status = connection.getResponseCode();
        if (status == 200) {
          return content(connection);
        }
        if (form != null || status / 100 != 3) {
          throw new StatusException(next, status);
        }
        next = redirect(next, connection.getHeaderField("Location"));
      } finally {
        if (watchdog != null) {
          watchdog.end();
        }
        connection.disconnect();
      }
    }
    throw new IOException("it redirects more than " + MAX_REDIRECTS + " times");
  }

  private HttpURLConnection open(URI uri) throws IOException {
    if (!Urls.isSecure(uri)) {
      throw new IOException("a URL must begin with https://");
    }
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(); // cold start
    if (connection instanceof HttpsURLConnection secured) {
      secured.setSSLSocketFactory(new DeadlineSockets(deadline));
    }
    connection.setConnectTimeout(DeadlineSockets.remaining(deadline));
    connection.setReadTimeout(DeadlineSockets.remaining(deadline));
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setRequestProperty("Accept", "application/json");
    return connection;
  }

  private static void send(
      HttpURLConnection connection, byte @Nullable [] form, @Nullable String authorization)
      throws IOException {
    if (authorization != null) {
      connection.setRequestProperty("Authorization", authorization);
    }
    if (form != null) {
      connection.setRequestMethod("POST");
      connection.setRequestProperty("Content-Type", "application/x-www-form-urlencoded");
      connection.setDoOutput(true);
      connection.setFixedLengthStreamingMode(form.length); // so that it is not sent twice
      try (OutputStream out = connection.getOutputStream()) {
        out.write(form);
      }
    }
  }

  private byte[] content(HttpURLConnection connection) throws IOException {
    boolean chunked = connection.getHeaderField("Transfer-Encoding") != null;
    long length = chunked ? -1 : connection.getContentLengthLong();
    byte[] content;
    try (InputStream in = connection.getInputStream()) {
      content = in.readNBytes((int) Math.min(length < 0 ? Long.MAX_VALUE : length, MAX_BYTES + 1));
    }
    if (content.length > MAX_BYTES) {
      throw new IOException("the answer has more than " + MAX_BYTES + " bytes");
    }
    if (content.length < length) {
      throw new IOException("the answer is incomplete");
    }
    return content;
  }

  /** Checks a redirect: it must not change to an insecure scheme. */
  private static URI redirect(URI from, @Nullable String location) throws IOException {
    URI to;
    try {
      to = location == null ? null : from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new IOException("it redirects to an invalid URL", e);
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

  /**
   * Disconnects when the time limit has passed. Only without TLS; TLS sockets have their own
   * deadline.
   */
  private final class Watchdog implements Runnable {
    private final HttpURLConnection connection;
    private final CountDownLatch end = new CountDownLatch(1);

    Watchdog(HttpURLConnection connection) {
      this.connection = connection;
      Thread thread = new Thread(this, "mcp-oauth-deadline");
      thread.setDaemon(true);
      thread.start();
    }

    @Override
    public void run() {
      try {
        if (!end.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          connection.disconnect();
        }
      } catch (InterruptedException e) {
        // Not interrupted; the read timeout still applies
      }
    }

    void end() {
      end.countDown();
    }
  }
}
