package dev.statelessmcp.lambda.local.event;

/** The function's result is not what the service takes; the message says where. */
public final class MalformedAnswerException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedAnswerException(String message) {
    super(message);
  }
}
