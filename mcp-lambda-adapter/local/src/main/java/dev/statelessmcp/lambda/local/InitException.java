package dev.statelessmcp.lambda.local;

/** Thrown if the init phase of a function fails. */
public final class InitException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /** The reported error, without the log. */
  private final String reason;

  InitException(String reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /**
   * The error that the runtime or the platform has reported, without the log.
   *
   * @return one line or the error's JSON; never null
   */
  public String reason() {
    return reason;
  }
}
