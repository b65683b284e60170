package dev.statelessmcp.lambda.local.http;

import java.io.IOException;

/** A message that is no HTTP/1.1, or that is too much of it. */
final class BadRequestException extends IOException {
  private static final long serialVersionUID = 1L;

  final int status;

  BadRequestException(int status, String message) {
    super(message);
    this.status = status;
  }
}
