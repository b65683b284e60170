package dev.statelessmcp.examples.lambdalocal;

/** The init phase of a function has failed. */
public final class InitException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  InitException(String reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** What the runtime or the platform reported, without the log. */
  public String reason() {
    return reason;
  }
}
