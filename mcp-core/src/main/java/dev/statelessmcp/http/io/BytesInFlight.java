package dev.statelessmcp.http.io;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the memory for messages: what clients have sent until it is answered, and answers until
 * they are sent. Safe from any number of threads.
 */
public final class BytesInFlight {
  /**
   * A request up to this size is always taken. Otherwise a few large messages that are sent slowly
   * would lock everybody out.
   */
  private static final int SMALL = 16 << 10;

  private final long max;
  private final AtomicLong bytes = new AtomicLong();

  /**
   * Creates a bound.
   *
   * @param max the number of bytes, at least 1
   */
  public BytesInFlight(long max) {
    if (max < 1) {
      throw new IllegalArgumentException("maxBytesInFlight must be at least 1, was " + max);
    }
    this.max = max;
  }

  /**
   * Creates a bound that has been set.
   *
   * @param max the number of bytes
   * @param maxMessage the maximum size of a message in bytes
   * @return the bound
   * @throws IllegalArgumentException if a message of that size would always be refused
   */
  public static BytesInFlight of(long max, int maxMessage) {
    if (max < maxMessage) {
      throw new IllegalArgumentException("maxBytesInFlight must be at least "
          + maxMessage
          + ", the bytes that one message may have (limits), was "
          + max);
    }
    return new BytesInFlight(max);
  }

  /**
   * The bound that is used if none is set: a sixteenth of the maximum heap, and not less than one
   * message may have. Serving a message takes several times its size, and garbage is not collected
   * at once.
   *
   * @param maxMessage the maximum size of a message in bytes
   * @return the number of bytes
   */
  public static long defaultFor(int maxMessage) {
    return Math.max(Runtime.getRuntime().maxMemory() / 16, maxMessage);
  }

  /**
   * Counts bytes that a client has sent.
   *
   * @param more how many
   * @param whole with those of the same request that have been counted before
   * @return false if there is no room; they are not counted then
   */
  public boolean receive(int more, int whole) {
    if (bytes.addAndGet(more) > max && whole > SMALL) {
      bytes.addAndGet(-more);
      return false;
    }
    return true;
  }

  /**
   * Counts an answer, which is always sent.
   *
   * @param length how many bytes it has
   */
  public void send(int length) {
    bytes.addAndGet(length);
  }

  /**
   * The bytes are not needed any more.
   *
   * @param length how many
   */
  public void release(int length) {
    bytes.addAndGet(-length);
  }
}
