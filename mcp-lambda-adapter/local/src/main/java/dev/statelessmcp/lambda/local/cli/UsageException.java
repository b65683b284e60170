package dev.statelessmcp.lambda.local.cli;

/** Thrown for an invalid command line; the message has the reason. */
final class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
