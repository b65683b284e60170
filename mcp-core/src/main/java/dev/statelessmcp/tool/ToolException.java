package dev.statelessmcp.tool;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Thrown by a tool that failed in a way that the model can correct. The model gets the message in a
 * result with {@code isError}.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/server/tools#error-handling">"Tool
 *     Execution Errors contain actionable feedback that language models can use to
 *     self-correct"</a>
 */
public class ToolException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message for the model: what is wrong and, ideally, what to do about it; not null
   */
  public ToolException(String message) {
    this(message, null);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message for the model: what is wrong and, ideally, what to do about it; not null
   * @param cause the cause, which is never sent to the client; may be null
   */
  public ToolException(String message, @Nullable Throwable cause) {
    super(Objects.requireNonNull(message, "message"), cause);
  }
}
