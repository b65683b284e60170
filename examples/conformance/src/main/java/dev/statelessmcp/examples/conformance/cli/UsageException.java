package dev.statelessmcp.examples.conformance.cli;

/** The command line is not understood; the message says why. */
public final class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what is wrong
   */
  public UsageException(String message) {
    super(message);
  }
}
