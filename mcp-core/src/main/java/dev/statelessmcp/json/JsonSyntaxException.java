package dev.statelessmcp.json;

/**
 * Thrown if a text is not valid JSON or exceeds the {@link JsonLimits}. The message is written for
 * the peer that sent the text: it says what is wrong and where, and does not name classes. It has
 * no stack trace, because the fault is in the peer's text.
 */
public final class JsonSyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what is wrong and where, for the peer; not null
   */
  public JsonSyntaxException(String message) {
    super(message, null, false, false);
  }
}
