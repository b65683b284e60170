package dev.statelessmcp.stdio;

import dev.statelessmcp.jsonrpc.ResponseScan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads lines of limited length from a stream. Used by one thread at a time. */
final class LineReader {
  /** The size of a pipe: with fewer reads, more answers are flushed together. */
  private static final int BUFFER_BYTES = 64 * 1024;

  /** No array is larger. */
  private static final int MAX_LENGTH = Integer.MAX_VALUE - 16;

  private final InputStream in;
  private final int maxBytes;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int position;
  private int limit;
  private int searched; // the end of the part without a line break
  private @Nullable ResponseScan tooLong; // of the last line, if it is too long

  LineReader(InputStream in, int maxBytes) {
    this.in = in;
    this.maxBytes = Math.min(maxBytes, MAX_LENGTH);
  }

  /**
   * The next line if it is in the buffer, as {@link #next} returns it; null if a read is needed.
   */
  byte @Nullable [] buffered() {
    while (true) {
      int end = endOfLine(Math.max(position, searched));
      if (end == limit) {
        searched = end;
        return null;
      }
      int begin = position;
      position = end + 1;
      byte[] line = line(begin, end);
      if (!isBlank(line)) {
        return line;
      }
    }
  }

  /**
   * Returns the next line that is not blank, without its line break (LF or CRLF); null at the end
   * of the stream. Of a line that is too long it returns the beginning, which also exceeds the
   * limit.
   */
  byte @Nullable [] next() throws IOException {
    while (true) {
      byte[] whole = buffered();
      if (whole != null) {
        return whole;
      }
      if (makeRoom()) {
        int count = in.read(buffer, limit, buffer.length - limit);
        if (count < 0) {
          return rest();
        }
        limit += count;
        continue;
      }
      byte[] line = longLine();
      if (line.length > maxBytes || !isBlank(line)) {
        return line;
      }
    }
  }

  /** Moves an incomplete line to the start of the buffer; returns false if it fills the buffer. */
  private boolean makeRoom() {
    if (position > 0) {
      System.arraycopy(buffer, position, buffer, 0, limit - position);
      limit -= position;
      searched = Math.max(0, searched - position);
      position = 0;
    }
    return limit < buffer.length;
  }

  /** The last line, which may have no line break. */
  private byte @Nullable [] rest() {
    byte[] line = line(position, limit);
    position = limit;
    return isBlank(line) ? null : line;
  }

  /** Reads a line that is longer than the buffer. */
  private byte[] longLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int length = readLine(line);
    searched = position;
    byte[] bytes = line.toByteArray();
    if (length == bytes.length && bytes[length - 1] == '\r') {
      length--;
      bytes = Arrays.copyOf(bytes, length);
    }
    return length > maxBytes ? Arrays.copyOf(bytes, maxBytes + 1) : bytes;
  }

  /** The scan of the last line, if only its beginning was returned; null otherwise. */
  @Nullable
  ResponseScan tooLong() {
    return tooLong;
  }

  /** Reads one line and returns its length; keeps slightly more bytes than the limit. */
  private int readLine(ByteArrayOutputStream line) throws IOException {
    int length = 0;
    tooLong = null;
    while (true) {
      if (position == limit) {
        limit = in.read(buffer);
        position = 0;
        if (limit < 0) {
          limit = 0;
          return length; // the last line may have no line break
        }
      }
      int end = endOfLine(position);
      int count = end - position;
      int kept = Math.min(count, maxBytes + 1 - line.size());
      line.write(buffer, position, kept);
      if (kept < count && tooLong == null) {
        tooLong = new ResponseScan();
        byte[] beginning = line.toByteArray();
        tooLong.take(beginning, 0, beginning.length);
        tooLong.take(buffer, position + kept, end);
      } else if (tooLong != null) {
        tooLong.take(buffer, position, end);
      }
      length = kept == count && length <= maxBytes + 1 ? length + count : maxBytes + 2;
      boolean complete = end < limit;
      position = complete ? end + 1 : end;
      if (complete) {
        return length;
      }
    }
  }

  private int endOfLine(int from) {
    int end = from;
    while (end < limit && buffer[end] != '\n') {
      end++;
    }
    return end;
  }

  private byte[] line(int begin, int end) {
    tooLong = null;
    boolean hasReturn = end > begin && buffer[end - 1] == '\r';
    return Arrays.copyOfRange(buffer, begin, hasReturn ? end - 1 : end);
  }

  private static boolean isBlank(byte[] line) {
    for (byte b : line) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }
}
