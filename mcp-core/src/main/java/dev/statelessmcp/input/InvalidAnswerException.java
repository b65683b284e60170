package dev.statelessmcp.input;

/** Thrown if an answer of the client is not valid for its question. It has no stack trace. */
final class InvalidAnswerException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Creates the exception; the message says what is wrong, and where. */
  InvalidAnswerException(String message) {
    super(message, null, false, false);
  }
}
