package dev.statelessmcp.stdio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Cuts a stream into lines that are not longer than wanted. */
final class LineReader {
  /** Stands for a line that was too long and has been skipped; no other line is empty. */
  private static final byte[] TOO_LONG = {};

  private final InputStream in;
  private final int maxBytes;
  private final byte[] buffer = new byte[8192];
  private int position;
  private int limit;

  LineReader(InputStream in, int maxBytes) {
    this.in = in;
    this.maxBytes = maxBytes;
  }

  /**
   * The next line that is not blank, without its line break (LF or CRLF); an empty one in place of
   * one that is too long; null at the end of the stream.
   */
  byte @Nullable [] next() throws IOException {
    while (true) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      int length = readLine(line);
      if (length < 0) {
        return null;
      }
      byte[] bytes = line.toByteArray();
      if (length == bytes.length && length > 0 && bytes[length - 1] == '\r') {
        length--;
        bytes = Arrays.copyOf(bytes, length);
      }
      if (length > maxBytes) {
        return TOO_LONG;
      }
      if (!isBlank(bytes)) {
        return bytes;
      }
    }
  }

  /** Reads one line and says how long it is; a little more than the allowed bytes is kept. */
  private int readLine(ByteArrayOutputStream line) throws IOException {
    int length = 0;
    while (true) {
      if (position == limit) {
        limit = in.read(buffer);
        position = 0;
        if (limit < 0) {
          limit = 0;
          return length == 0 ? -1 : length; // the last line may lack its line break
        }
      }
      int end = position;
      while (end < limit && buffer[end] != '\n') {
        end++;
      }
      int count = end - position;
      if (length <= maxBytes + 1 - count) {
        line.write(buffer, position, count);
        length += count;
      } else {
        length = maxBytes + 2;
      }
      boolean complete = end < limit;
      position = complete ? end + 1 : end;
      if (complete) {
        return length;
      }
    }
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
