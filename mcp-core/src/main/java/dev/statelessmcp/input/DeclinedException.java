package dev.statelessmcp.input;

/**
 * The user did not answer, on purpose. A handler that does not catch it ends with an error that the
 * model can read.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/client/elicitation#response-actions">Response
 *     Actions</a>
 */
public final class DeclinedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Whether the user chose nothing, rather than no. */
  private final boolean cancelled;

  /**
   * Creates the exception.
   *
   * @param cancelled whether the user dismissed the question without choosing, rather than saying
   *     no
   */
  public DeclinedException(boolean cancelled) {
    super(
        cancelled ? "The user cancelled the question" : "The user declined to answer",
        null,
        false,
        false);
    this.cancelled = cancelled;
  }

  /**
   * Whether the user dismissed the question without choosing.
   *
   * @return true for {@code cancel}, false for {@code decline}
   */
  public boolean isCancelled() {
    return cancelled;
  }
}
