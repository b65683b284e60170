package dev.statelessmcp.jetty;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the memory for messages: what clients have sent until it is answered, and answers until
 * they are sent. Safe from any number of threads.
 */
final class BytesInFlight {
  /**
   * A request up to this size is always taken. Otherwise a few large messages that are sent slowly
   * would lock everybody out.
   */
  private static final int SMALL = 16 << 10;

  private final long max;
  private final AtomicLong bytes = new AtomicLong();

  BytesInFlight(long max) {
    this.max = max;
  }

  /**
   * Counts bytes that a client has sent.
   *
   * @param more how many
   * @param whole with those of the same request that have been counted before
   * @return false if there is no room; they are not counted then
   */
  boolean receive(int more, int whole) {
    if (bytes.addAndGet(more) > max && whole > SMALL) {
      bytes.addAndGet(-more);
      return false;
    }
    return true;
  }

  /** Counts an answer, which is always sent. */
  void send(int length) {
    bytes.addAndGet(length);
  }

  /** The bytes are not needed any more. */
  void release(int length) {
    bytes.addAndGet(-length);
  }
}
