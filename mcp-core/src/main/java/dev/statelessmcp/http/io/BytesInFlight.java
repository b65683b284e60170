package dev.statelessmcp.http.io;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits the memory for messages: requests until they are answered, and answers until they are
 * sent. Thread-safe.
 */
public final class BytesInFlight {
  /**
   * A request up to this size is always accepted. Otherwise a few large requests that are sent
   * slowly would block all other clients.
   */
  private static final int SMALL = 16 << 10;

  private final long max;
  private final AtomicLong bytes = new AtomicLong();

  /**
   * Creates a limit.
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
   * Creates a limit that a user has set.
   *
   * @param max the number of bytes
   * @param maxMessage the maximum size of a message in bytes
   * @return the limit
   * @throws IllegalArgumentException if a message of that size would always be refused
   */
  public static BytesInFlight of(long max, int maxMessage) {
    if (max < maxMessage) {
      throw new IllegalArgumentException("maxBytesInFlight must be at least "
          + maxMessage
          + ", the maximum size of a message (limits), was "
          + max);
    }
    return new BytesInFlight(max);
  }

  /**
   * The default limit: a sixteenth of the maximum heap, at least the maximum size of a message.
   * Serving a message takes several times its size.
   *
   * @param maxMessage the maximum size of a message in bytes
   * @return the number of bytes
   */
  public static long defaultFor(int maxMessage) {
    return Math.max(Runtime.getRuntime().maxMemory() / 16, maxMessage);
  }

  /**
   * Adds bytes that a client has sent.
   *
   * @param more the number of bytes
   * @param whole the number including the earlier bytes of the same request
   * @return false if they exceed the limit; they are then not counted
   */
  public boolean receive(int more, int whole) {
    if (bytes.addAndGet(more) > max && whole > SMALL) {
      bytes.addAndGet(-more);
      return false;
    }
    return true;
  }

  /**
   * Adds an answer, which is never refused.
   *
   * @param length its number of bytes
   */
  public void send(int length) {
    bytes.addAndGet(length);
  }

  /**
   * Subtracts bytes that are no longer in memory.
   *
   * @param length the number of bytes
   */
  public void release(int length) {
    bytes.addAndGet(-length);
  }
}
