package dev.statelessmcp.input;

/**
 * The client cannot be asked, or could not answer. A handler that does not catch it ends with an
 * error that says why.
 */
public final class UnansweredException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what is missing; not null
   */
  public UnansweredException(String message) {
    super(message, null, false, false);
  }
}
