package dev.statelessmcp.stdio;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes whole lines. Thread-safe. Answers are buffered while the reading thread has more messages
 * to serve: it flushes before it waits for input, and while it waits each writer flushes. A flush
 * for each answer would cost several times as much as serving a small call.
 *
 * <p>If the buffer is full, writers wait for the client to read.
 */
final class LineWriter {
  private static final int BUFFER_BYTES = 32 * 1024;

  /**
   * The stream copies the bytes into memory outside the heap, so large lines are written in pieces.
   */
  private static final int PIECE_BYTES = 64 * 1024;

  private final OutputStream out;
  private final Connection connection;
  // A lock, not a monitor: before JDK 24 waiting for a monitor pins the carrier of a virtual thread
  private final ReentrantLock lock = new ReentrantLock();

  private final byte[] buffer = new byte[BUFFER_BYTES]; // guarded by the lock
  private volatile int size; // written under the lock
  private boolean broken; // guarded by the lock
  private volatile boolean gathering;

  /**
   * Creates a writer that does not buffer yet.
   *
   * @param connection ends when the stream fails
   */
  LineWriter(OutputStream out, Connection connection) {
    this.out = out;
    this.connection = connection;
  }

  /** Writes a line, which may be buffered. */
  void write(byte[] line) {
    lock.lock();
    try {
      append(line);
    } finally {
      lock.unlock();
    }
    flushUnlessGathering();
  }

  /** Writes a line and flushes. */
  void writeNow(byte[] line) {
    lock.lock();
    try {
      append(line);
      flush();
    } finally {
      lock.unlock();
    }
    flushUnlessGathering();
  }

  /** Starts buffering, because more messages are to be served. */
  void gather() {
    gathering = true;
  }

  /**
   * Stops buffering, and flushes. Does not wait for a thread that is writing: that thread flushes
   * the rest.
   */
  void send() {
    gathering = false;
    flushUnlessGathering();
  }

  /** Whether the buffer is empty and no thread is writing. */
  boolean isSent() {
    return size == 0 && !lock.isLocked();
  }

  /** Flushes the rest; waits for a thread that is writing, and for the client to read. */
  void sendRest() {
    lock.lock();
    try {
      flush();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Called by a thread after it has released the lock: another thread may have failed to get the
   * lock, and left the flush to its holder.
   */
  private void flushUnlessGathering() {
    while (size > 0 && !gathering && !lock.hasQueuedThreads() && lock.tryLock()) {
      try {
        flush();
      } finally {
        lock.unlock();
      }
    }
  }

  private void append(byte[] line) {
    if (broken) {
      return;
    }
    try {
      if (line.length >= buffer.length - size) {
        drain();
      }
      if (line.length < buffer.length) {
        int end = size + line.length;
        System.arraycopy(line, 0, buffer, size, line.length);
        buffer[end] = '\n';
        size = end + 1;
      } else {
        for (int from = 0; from < line.length; from += PIECE_BYTES) {
          out.write(line, from, Math.min(PIECE_BYTES, line.length - from));
        }
        buffer[0] = '\n';
        size = 1;
      }
    } catch (IOException e) {
      fail();
    }
  }

  private void flush() {
    try {
      drain();
      if (!broken) {
        out.flush();
      }
    } catch (IOException e) {
      fail();
    }
  }

  private void drain() throws IOException {
    int count = size;
    size = 0;
    if (!broken && count > 0) {
      out.write(buffer, 0, count);
    }
  }

  /** Called when the client has closed the pipe: no more answers can be sent. */
  private void fail() {
    size = 0;
    if (!broken) {
      broken = true;
      connection.broke();
    }
  }
}
