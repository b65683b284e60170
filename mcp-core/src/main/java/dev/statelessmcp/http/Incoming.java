package dev.statelessmcp.http;

import dev.statelessmcp.call.Caller;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A request with its authenticated caller and its reply. */
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

  /** The headers of every answer. */
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
