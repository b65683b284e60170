package dev.statelessmcp.tool;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A tool could not do what it was asked for, and the model can do something about it: it reads the
 * message in an answer with {@code isError}.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/server/tools#error-handling">"Tool
 *     Execution Errors contain actionable feedback that language models can use to
 *     self-correct"</a>
 */
public class ToolException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * A failure for the model to read.
   *
   * @param message what is wrong, and best what to do about it; not null
   */
  public ToolException(String message) {
    this(message, null);
  }

  /**
   * A failure for the model to read.
   *
   * @param message what is wrong, and best what to do about it; not null
   * @param cause for your own logs, never sent; may be null
   */
  public ToolException(String message, @Nullable Throwable cause) {
    super(Objects.requireNonNull(message, "message"), cause);
  }
}
