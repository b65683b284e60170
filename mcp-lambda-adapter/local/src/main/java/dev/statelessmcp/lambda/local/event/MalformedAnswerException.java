package dev.statelessmcp.lambda.local.event;

/** Thrown if the service cannot use the function's result; the message names the place. */
public final class MalformedAnswerException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedAnswerException(String message) {
    super(message);
  }
}
