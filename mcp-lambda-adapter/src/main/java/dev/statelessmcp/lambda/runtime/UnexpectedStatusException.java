package dev.statelessmcp.lambda.runtime;

import java.io.IOException;

/** The service has answered with a status that ends this request. */
final class UnexpectedStatusException extends IOException {
  private static final long serialVersionUID = 1;

  UnexpectedStatusException(String request, HttpResponse answer) {
    super(request + " was answered " + answer.summary());
  }
}
