package dev.statelessmcp.examples.lambdalocal;

/**
 * Takes an answer piece by piece while the function makes it. The calls come from one thread, which
 * is not the one that invoked, and can still come for a moment after the invocation has ended.
 */
public interface ResponseReceiver {
  /** The answer begins. A function that fails before its first byte never gets here. */
  void begin(String contentType);

  /** The next bytes, in a buffer that is used again. */
  void piece(byte[] buffer, int length);
}
