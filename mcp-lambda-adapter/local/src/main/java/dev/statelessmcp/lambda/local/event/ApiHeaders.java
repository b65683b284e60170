package dev.statelessmcp.lambda.local.event;

import dev.statelessmcp.lambda.local.http.Header;
import java.util.List;

/** What API Gateway does to headers, for both of its kinds of API. */
final class ApiHeaders {
  /** The limit for the request line and all headers. */
  static final int MAX_BYTES = 10_240;

  private ApiHeaders() {}

  /** The client never sees a function's {@code WWW-Authenticate} by that name. */
  static List<Header> renamed(List<Header> headers) {
    return headers.stream()
        .map(header -> header.is("WWW-Authenticate")
            ? new Header("x-amzn-Remapped-WWW-Authenticate", header.value())
            : header)
        .toList();
  }
}
