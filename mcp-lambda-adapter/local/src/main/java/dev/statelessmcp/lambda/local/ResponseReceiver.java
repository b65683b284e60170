package dev.statelessmcp.lambda.local;

/**
 * Receives an answer piece by piece. Called by one thread, which is not the invoking one, possibly
 * for a moment after the invocation has ended.
 */
public interface ResponseReceiver {
  /**
   * Called when the answer begins; not called if the function fails before.
   *
   * @param contentType the media type that the runtime has sent
   */
  void begin(String contentType);

  /**
   * Called with the next bytes, in a buffer that is reused.
   *
   * @param buffer holds the bytes from its beginning
   * @param length the number of bytes, at least 1
   */
  void piece(byte[] buffer, int length);
}
