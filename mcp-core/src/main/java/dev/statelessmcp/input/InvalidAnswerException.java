package dev.statelessmcp.input;

/** An answer does not fit its question. It has no stack trace. */
public final class InvalidAnswerException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what is wrong, with the place; not null
   */
  public InvalidAnswerException(String message) {
    super(message, null, false, false);
  }
}
