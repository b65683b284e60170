package dev.statelessmcp.input;

import java.util.Objects;

/**
 * Thrown if the client cannot be asked, or fails to answer. If a handler does not catch it, the
 * call ends with a tool error that says why. It has no stack trace.
 */
public final class UnansweredException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message why there is no answer; not null
   */
  public UnansweredException(String message) {
    super(Objects.requireNonNull(message, "message"), null, false, false);
  }
}
