package dev.statelessmcp.lambda.local.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.statelessmcp.lambda.local.http.Header;
import java.util.List;

/**
 * The response to the client.
 *
 * @param status the HTTP status
 * @param headers without those about the length of the body and the connection
 * @param body empty if there is none
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares responses
public record GatewayResponse(int status, List<Header> headers, byte[] body) {
  /** The JSON of the services' own answers. */
  static GatewayResponse message(int status, String message) {
    return of(status, "application/json", "{\"message\":\"" + message + "\"}");
  }

  static GatewayResponse of(int status, String contentType, String body) {
    return new GatewayResponse(
        status, List.of(new Header("Content-Type", contentType)), body.getBytes(UTF_8));
  }
}
