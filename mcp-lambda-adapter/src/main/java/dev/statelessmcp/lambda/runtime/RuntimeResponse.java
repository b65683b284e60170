package dev.statelessmcp.lambda.runtime;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Receives the answer to one invocation. Call exactly one of the two methods, once. A second call,
 * and one after the handler has returned, throw an {@link IllegalStateException}. Not part of the
 * API: for the runtime and the handlers of this artifact.
 */
public interface RuntimeResponse {

  /**
   * Sends a complete answer.
   *
   * @param payload JSON in UTF-8, at most 6 MB and 100 bytes; may be empty, not null
   * @throws IOException if the service refuses the answer, for instance because it is too large:
   *     the invocation fails then, even if the handler catches the exception
   */
  void send(byte[] payload) throws IOException;

  /**
   * Begins an HTTP answer in pieces, and sends its status and headers. The function must have been
   * invoked for streaming, by a function URL with {@code RESPONSE_STREAM} or a REST API with
   * {@code STREAM}; others take status and headers for a part of the body.
   *
   * @param status of HTTP, 100 to 599
   * @param headers by name; several values of one are joined by commas, except for
   *     {@code Set-Cookie}; not null
   * @return the body, which the handler must close
   * @throws IOException if the connection is lost
   */
  ResponseStream stream(int status, Map<String, List<String>> headers) throws IOException;
}
