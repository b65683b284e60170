package dev.statelessmcp.examples.benchmarks.coldstart;

/** A command line that is not understood; the message says which word of it. */
final class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
