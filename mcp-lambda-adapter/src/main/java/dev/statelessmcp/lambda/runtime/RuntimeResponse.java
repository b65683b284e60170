package dev.statelessmcp.lambda.runtime;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Where the answer to one invocation goes: exactly one of the two methods is called, once. A second
 * call is an {@link IllegalStateException}, and so is one after the handler has returned.
 */
public interface RuntimeResponse {

  /**
   * Sends a complete answer.
   *
   * @param payload JSON in UTF-8, at most 6 MB and 100 bytes; may be empty, not null
   * @throws IOException if the service does not take the answer, for instance because it is too
   *     large: that becomes the invocation's error, also if the handler catches it
   */
  void send(byte[] payload) throws IOException;

  /**
   * Begins an HTTP answer in pieces. Status and headers are on their way when this returns. The
   * function must have been invoked for streaming, by a function URL with {@code RESPONSE_STREAM}
   * or a REST API with {@code STREAM}; others take the first bytes for a part of the body.
   *
   * @param status of HTTP, 100 to 599
   * @param headers by name; several values of one are joined by commas, except for
   *     {@code Set-Cookie}; not null
   * @return takes the body; to be closed by the handler
   * @throws IOException if the connection is lost
   */
  ResponseStream stream(int status, Map<String, List<String>> headers) throws IOException;
}
