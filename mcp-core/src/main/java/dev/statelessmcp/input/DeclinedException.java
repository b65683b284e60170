package dev.statelessmcp.input;

/**
 * Thrown if the user declines or dismisses a question. If a handler does not catch it, the call
 * ends with a tool error that the model can read. It has no stack trace.
 *
 * <pre>{@code
 * try {
 *   Name name = call.ask("name", Question.form("Your name?", Name.class));
 *   return ToolResult.text("Hello " + name.first());
 * } catch (DeclinedException e) {
 *   return ToolResult.text("Hello stranger");
 * }
 * }</pre>
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/client/elicitation#response-actions">Response
 *     Actions</a>
 */
public final class DeclinedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Whether the user dismissed the question instead of declining it. */
  private final boolean cancelled;

  /**
   * Creates the exception.
   *
   * @param cancelled true if the user dismissed the question, false if the user declined it
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
   * Returns whether the user dismissed the question without choosing.
   *
   * @return true for {@code cancel}, false for {@code decline}
   */
  public boolean isCancelled() {
    return cancelled;
  }
}
