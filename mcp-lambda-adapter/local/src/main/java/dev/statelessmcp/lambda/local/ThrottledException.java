package dev.statelessmcp.lambda.local;

/** Thrown if all execution environments are busy and their limit is reached. */
public final class ThrottledException extends Exception {
  private static final long serialVersionUID = 1L;

  ThrottledException() {
    super("Rate Exceeded.");
  }
}
