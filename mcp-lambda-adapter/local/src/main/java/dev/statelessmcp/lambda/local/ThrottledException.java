package dev.statelessmcp.lambda.local;

/** All execution environments are busy, and there may be no more of them. */
public final class ThrottledException extends Exception {
  private static final long serialVersionUID = 1L;

  ThrottledException() {
    super("Rate Exceeded.");
  }
}
