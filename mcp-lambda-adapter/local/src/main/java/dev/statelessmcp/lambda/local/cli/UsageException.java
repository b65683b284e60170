package dev.statelessmcp.lambda.local.cli;

/** The command line is not understood; the message says why. */
final class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
