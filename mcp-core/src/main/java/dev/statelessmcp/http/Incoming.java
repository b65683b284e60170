package dev.statelessmcp.http;

import dev.statelessmcp.call.Caller;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A request, the caller that an authenticator has found, and where the answer goes. */
record Incoming(HttpRequest request, HttpReply reply, Caller caller, Authenticator authenticator) {
  private static final byte[] NO_BODY = {};

  /** The {@code MCP-Protocol-Version} header; null if there is none. */
  @Nullable
  String version() {
    return request.headers().single(HeaderRules.VERSION);
  }

  @Nullable
  String accept() {
    return request.headers().value("Accept");
  }

  /** What every answer has. */
  HttpHeaders.Builder replyHeaders() {
    HttpHeaders.Builder headers = HttpHeaders.builder();
    Cors.addTo(headers, request);
    return headers;
  }

  /** Answers without content. */
  void answer(int status) throws IOException {
    reply.send(status, replyHeaders().build(), NO_BODY);
  }
}
