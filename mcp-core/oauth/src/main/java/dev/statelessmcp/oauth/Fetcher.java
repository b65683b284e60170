package dev.statelessmcp.oauth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.json.JsonLimits;
import dev.statelessmcp.json.JsonSyntaxException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Makes one call to an authorization server, within limits of time and size. Used by one thread,
 * but for {@link #abort}.
 *
 * <p>{@code HttpURLConnection}, because the HTTP client of the JDK takes longer to start than all
 * the rest. // cold start
 */
final class Fetcher {
  /** The total time of a call, in milliseconds. */
  static final int MAX_MILLIS = 5000;

  private static final int TIMEOUT_MILLIS = 2000;
  private static final int MAX_BYTES = 256 << 10;
  private static final int MAX_REDIRECTS = 3;
  private static final JsonLimits LIMITS = new JsonLimits(MAX_BYTES, 32, 64 << 10);

  private final long deadline = System.nanoTime() + MAX_MILLIS * 1_000_000L;
  private volatile @Nullable HttpURLConnection connection;
  private volatile boolean aborted;

  /** An answer has another status than 200. */
  static final class StatusException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;

    StatusException(URI uri, int status) {
      super(uri + " answered with status " + status);
      this.status = status;
    }

    int status() {
      return status;
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
    byte[] body = form == null ? get(uri) : post(uri, form, authorization);
    try {
      if (Json.read(body, LIMITS) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonSyntaxException e) {
      throw new IOException(uri + " did not answer with JSON: " + e.getMessage(), e);
    }
    throw new IOException(uri + " did not answer with a JSON object");
  }

  private byte[] get(URI uri) throws IOException {
    URI next = uri;
    for (int i = 0; i <= MAX_REDIRECTS; i++) {
      HttpURLConnection open = open(next);
      try {
        int status = open.getResponseCode();
        if (status / 100 != 3) {
          return read(next, open, status);
        }
        String location = open.getHeaderField("Location");
        next = redirect(next, location);
      } finally {
        open.disconnect();
      }
    }
    throw new IOException(uri + " redirects more than " + MAX_REDIRECTS + " times");
  }

  /** Redirects must not lead to where others can change the answer. */
  private static URI redirect(URI from, @Nullable String location) throws IOException {
    URI to;
    try {
      to = location == null ? null : from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new IOException(from + " redirects to what is not a URL", e);
    }
    if (to == null || !from.getScheme().equalsIgnoreCase(to.getScheme()) || !Urls.isSecure(to)) {
      throw new IOException(from + " redirects to another scheme or nowhere");
    }
    return to;
  }

  private byte[] post(URI uri, byte[] form, @Nullable String authorization) throws IOException {
    HttpURLConnection open = open(uri);
    try {
      open.setRequestMethod("POST");
      open.setRequestProperty("Content-Type", "application/x-www-form-urlencoded");
      if (authorization != null) {
        open.setRequestProperty("Authorization", authorization);
      }
      open.setDoOutput(true);
      open.setFixedLengthStreamingMode(form.length);
      try (OutputStream out = open.getOutputStream()) {
        out.write(form);
      }
      return read(uri, open, open.getResponseCode());
    } finally {
      open.disconnect();
    }
  }

  private HttpURLConnection open(URI uri) throws IOException {
    if (!Urls.isSecure(uri)) {
      throw new IOException(uri + " must begin with https://");
    }
    HttpURLConnection open = (HttpURLConnection) uri.toURL().openConnection();
    open.setConnectTimeout(TIMEOUT_MILLIS);
    open.setReadTimeout(TIMEOUT_MILLIS);
    open.setInstanceFollowRedirects(false);
    open.setUseCaches(false);
    open.setRequestProperty("Accept", "application/json");
    connection = open;
    if (aborted) {
      throw new IOException(uri + " did not answer within " + MAX_MILLIS + " ms");
    }
    return open;
  }

  private byte[] read(URI uri, HttpURLConnection open, int status) throws IOException {
    if (status != 200) {
      throw new StatusException(uri, status);
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    try (InputStream in = open.getInputStream()) {
      int count = in.read(buffer);
      while (count >= 0) {
        all.write(buffer, 0, count);
        if (all.size() > MAX_BYTES) {
          throw new IOException(uri + " answered with more than " + MAX_BYTES + " bytes");
        }
        if (System.nanoTime() - deadline > 0) {
          throw new IOException(uri + " did not answer within " + MAX_MILLIS + " ms");
        }
        count = in.read(buffer);
      }
    }
    return all.toByteArray();
  }

  /** Ends the call, from another thread: its time is up. */
  void abort() {
    aborted = true;
    HttpURLConnection open = connection;
    if (open != null) {
      open.disconnect();
    }
  }
}
