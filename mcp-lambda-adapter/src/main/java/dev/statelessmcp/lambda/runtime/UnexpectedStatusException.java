package dev.statelessmcp.lambda.runtime;

import java.io.IOException;

/** The service has given an answer after which this request has no meaning any more. */
final class UnexpectedStatusException extends IOException {
  private static final long serialVersionUID = 1;

  UnexpectedStatusException(String request, HttpResponse answer) {
    super(request + " was answered " + answer.summary());
  }
}
