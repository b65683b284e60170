package dev.statelessmcp.lambda.local.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;

/** A body that goes out write by write. */
final class PiecewiseOutput extends OutputStream {
  private static final byte[] LINE_END = {'\r', '\n'};
  private static final byte[] LAST_CHUNK = {'0', '\r', '\n', '\r', '\n'};

  private final OutputStream out;
  private final boolean body;
  private final boolean chunks;
  private boolean closed;

  /**
   * Makes the output of one answer.
   *
   * @param body whether anything is sent at all
   * @param chunks whether each write is a chunk, or the end of the connection is the body's
   */
  PiecewiseOutput(OutputStream out, boolean body, boolean chunks) {
    this.out = out;
    this.body = body;
    this.chunks = chunks;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0 || !body) { // a chunk of no bytes would be the last one
      return;
    }
    if (chunks) {
      out.write(Integer.toHexString(length).getBytes(ISO_8859_1));
      out.write(LINE_END);
    }
    out.write(bytes, offset, length);
    if (chunks) {
      out.write(LINE_END);
    }
    out.flush();
  }

  @Override
  public void close() throws IOException {
    if (!closed && chunks) {
      out.write(LAST_CHUNK);
    }
    closed = true;
    out.flush();
  }
}
