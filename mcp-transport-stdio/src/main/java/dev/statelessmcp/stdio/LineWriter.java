package dev.statelessmcp.stdio;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes lines, whole ones from any number of threads. Answers are gathered while the reading
 * thread has more to serve: it flushes before it waits for input, and from then on each writer
 * flushes. A flush for each answer would cost several times what serving a small call does.
 *
 * <p>At most a buffer is gathered, so that a client that does not read makes writers wait.
 */
final class LineWriter {
  private static final int BUFFER_BYTES = 32 * 1024;

  /** The stream copies what it writes into memory outside the heap, so large lines go in pieces. */
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
   * A writer that does not gather yet.
   *
   * @param connection ends when the stream takes no more
   */
  LineWriter(OutputStream out, Connection connection) {
    this.out = out;
    this.connection = connection;
  }

  /** Writes a line; it may stay here as long as lines are gathered. */
  void write(byte[] line) {
    lock.lock();
    try {
      append(line);
    } finally {
      lock.unlock();
    }
    flushUnlessGathering();
  }

  /** Writes a line that must not wait for what follows. */
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

  /** From now on there is more to serve. */
  void gather() {
    gathering = true;
  }

  /**
   * Nothing more is to be served at the moment: what was gathered is sent. Does not wait for a
   * thread that is writing: it sends the rest too.
   */
  void send() {
    gathering = false;
    flushUnlessGathering();
  }

  /** Whether nothing is left to send, and nobody is sending. */
  boolean isSent() {
    return size == 0 && !lock.isLocked();
  }

  /** Sends what is left; waits for a thread that is writing, and for the client to read. */
  void sendRest() {
    lock.lock();
    try {
      flush();
    } finally {
      lock.unlock();
    }
  }

  /**
   * A thread that has held the lock calls this after it: somebody may have failed to get it, and
   * has left the rest to the holder. Threads that wait for the lock do the same after it.
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

  /** The client has closed the pipe, so nobody waits for an answer. */
  private void fail() {
    size = 0;
    if (!broken) {
      broken = true;
      connection.broke();
    }
  }
}
