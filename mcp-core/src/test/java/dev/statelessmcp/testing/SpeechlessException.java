package dev.statelessmcp.testing;

/** An exception of a user whose message cannot be read. */
public final class SpeechlessException extends Exception {
  private static final long serialVersionUID = 1L;

  @Override
  public String getMessage() {
    throw new IllegalStateException("the message cannot be made");
  }
}
