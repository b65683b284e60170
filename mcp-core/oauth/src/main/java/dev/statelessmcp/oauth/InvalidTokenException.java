package dev.statelessmcp.oauth;

/**
 * Thrown if a token is not valid: the client is answered with status 401 and the error
 * {@code invalid_token}. It has no stack trace.
 */
public final class InvalidTokenException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param reason a sentence for the client's developer, such as {@code The token has expired};
   *     must not contain a part of the token; not null
   */
  public InvalidTokenException(String reason) {
    super(reason, null, false, false);
  }
}
