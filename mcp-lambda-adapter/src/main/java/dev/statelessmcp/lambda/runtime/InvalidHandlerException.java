package dev.statelessmcp.lambda.runtime;

/** The function cannot be initialised. */
final class InvalidHandlerException extends Exception {
  private static final long serialVersionUID = 1;

  InvalidHandlerException(String message, Throwable cause) {
    super(message, cause);
  }
}
