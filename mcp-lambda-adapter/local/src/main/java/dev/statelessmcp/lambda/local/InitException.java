package dev.statelessmcp.lambda.local;

/** The init phase of a function has failed. */
public final class InitException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /** What was reported, without the log. */
  private final String reason;

  InitException(String reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /**
   * What the runtime or the platform reported, without the log.
   *
   * @return one line or the error's JSON; never null
   */
  public String reason() {
    return reason;
  }
}
