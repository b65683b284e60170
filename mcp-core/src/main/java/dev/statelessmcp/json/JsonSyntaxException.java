package dev.statelessmcp.json;

/**
 * A text is no JSON, or is larger than the limits allow. The message is written for the peer: it
 * says what is wrong and where, and names no class.
 */
public final class JsonSyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what is wrong, for the peer; not null
   */
  public JsonSyntaxException(String message) {
    super(message, null, false, false);
  }
}
