package dev.statelessmcp.lambda.local.event;

import dev.statelessmcp.lambda.local.http.Header;
import java.util.List;

/** The header rules of both kinds of API of API Gateway. */
final class ApiHeaders {
  /** The limit for the request line and all headers. */
  static final int MAX_BYTES = 10_240;

  private ApiHeaders() {}

  /** Renames {@code WWW-Authenticate} of a function. */
  static List<Header> renamed(List<Header> headers) {
    return headers.stream()
        .map(header -> header.is("WWW-Authenticate")
            ? new Header("x-amzn-Remapped-WWW-Authenticate", header.value())
            : header)
        .toList();
  }
}
