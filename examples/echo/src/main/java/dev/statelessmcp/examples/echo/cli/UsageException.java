package dev.statelessmcp.examples.echo.cli;

/** Thrown if the command line is not valid; the message says why. */
public final class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what is wrong, and with which option
   */
  public UsageException(String message) {
    super(message);
  }
}
