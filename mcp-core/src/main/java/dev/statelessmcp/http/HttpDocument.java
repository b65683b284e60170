package dev.statelessmcp.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.json.EntityTag;
import dev.statelessmcp.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;

/**
 * A small public document that an endpoint serves in addition to MCP, such as metadata, a server
 * card or a health report. Immutable; the methods that set something return a new document.
 */
public final class HttpDocument {
  private final int status;
  private final String contentType;
  private final byte[] body;
  private final String cacheControl;

  private HttpDocument(int status, String contentType, byte[] body, String cacheControl) {
    this.status = status;
    this.contentType = contentType;
    this.body = body;
    this.cacheControl = cacheControl;
  }

  /**
   * Creates a JSON document with status 200, which must not be cached.
   *
   * @param content the content; not null
   * @return the document
   */
  public static HttpDocument json(JsonNode content) {
    return new HttpDocument(200, MediaTypes.JSON, Json.write(content), "no-store");
  }

  /**
   * Creates a plain text document with status 200, which must not be cached.
   *
   * @param content the content; not null
   * @return the document
   */
  public static HttpDocument text(String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return new HttpDocument(200, "text/plain; charset=utf-8", bytes, "no-store");
  }

  /**
   * Sets the status.
   *
   * @param newStatus such as 503 for a server that is not healthy
   * @return a new document
   */
  public HttpDocument status(int newStatus) {
    return new HttpDocument(newStatus, contentType, body, cacheControl);
  }

  /**
   * Sets the media type.
   *
   * @param type the value of {@code Content-Type}; not null
   * @return a new document
   */
  public HttpDocument contentType(String type) {
    return new HttpDocument(status, Objects.requireNonNull(type, "type"), body, cacheControl);
  }

  /**
   * Allows caching of the document, also by shared caches.
   *
   * @param age how long; at least one second
   * @return a new document
   * @throws IllegalArgumentException if the age is less than one second
   */
  public HttpDocument maxAge(Duration age) {
    if (age.toSeconds() < 1) {
      throw new IllegalArgumentException("maxAge must be at least 1 second, was " + age);
    }
    return new HttpDocument(status, contentType, body, "public, max-age=" + age.toSeconds());
  }

  int status() {
    return status;
  }

  byte[] body() {
    return body;
  }

  /** A strong entity tag of the content. */
  String etag() {
    return EntityTag.of(body);
  }

  HttpHeaders.Builder addTo(HttpHeaders.Builder headers) {
    return headers.add("Content-Type", contentType).add("Cache-Control", cacheControl);
  }
}
