package dev.statelessmcp.lambda.local;

/**
 * Takes an answer piece by piece while the function makes it. The calls come from one thread, which
 * is not the one that invoked, and can still come for a moment after the invocation has ended.
 */
public interface ResponseReceiver {
  /**
   * The answer begins. A function that fails before its first byte never gets here.
   *
   * @param contentType the media type that the runtime has sent
   */
  void begin(String contentType);

  /**
   * The next bytes, in a buffer that is used again.
   *
   * @param buffer holds the bytes from its beginning
   * @param length the number of bytes, at least 1
   */
  void piece(byte[] buffer, int length);
}
