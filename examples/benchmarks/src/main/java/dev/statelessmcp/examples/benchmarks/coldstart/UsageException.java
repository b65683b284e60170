package dev.statelessmcp.examples.benchmarks.coldstart;

/** Thrown if the command line is not valid; the message names the option. */
final class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
