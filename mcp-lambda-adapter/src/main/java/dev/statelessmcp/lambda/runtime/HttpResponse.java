package dev.statelessmcp.lambda.runtime;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An answer of the service. */
final class HttpResponse {
  private static final int EXCERPT_BYTES = 300;

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;
  private final boolean last;

  /**
   * Creates an answer.
   *
   * @param headers the header fields by name in lower case
   * @param last true if the connection cannot be used again
   */
  HttpResponse(int status, Map<String, String> headers, byte[] body, boolean last) {
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.last = last;
  }

  /** The same answer, on a connection that cannot be used again. */
  HttpResponse asLast() {
    return new HttpResponse(status, headers, body, true);
  }

  int status() {
    return status;
  }

  boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** The value of a header, or null. */
  @Nullable
  String header(String lowerCaseName) {
    return headers.get(lowerCaseName);
  }

  byte[] body() {
    return body;
  }

  boolean isLast() {
    return last;
  }

  /** The status and the beginning of the body, for messages. */
  String summary() {
    int length = Math.min(body.length, EXCERPT_BYTES);
    String text = new String(body, 0, length, StandardCharsets.UTF_8).strip();
    return text.isEmpty() ? Integer.toString(status) : status + " " + text;
  }
}
