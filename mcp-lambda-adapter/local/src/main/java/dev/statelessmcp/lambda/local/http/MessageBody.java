package dev.statelessmcp.lambda.local.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request's body, of a given length or in chunks; what comes after it stays in the stream. */
final class MessageBody extends InputStream {
  private static final byte[] CONTINUE = {
    'H', 'T', 'T', 'P', '/', '1', '.', '1', ' ', '1', '0', '0', ' ', 'O', 'K', '\r', '\n', '\r',
    '\n'
  };

  private final InputStream in;
  private final boolean chunked;
  private @Nullable OutputStream expectant;
  private long left;
  private boolean started;
  private boolean ended;
  private List<Header> trailers = List.of();

  /**
   * Takes the body that the headers announce.
   *
   * @param expectant where the client waits for word to go on, or null
   */
  MessageBody(InputStream in, List<Header> headers, @Nullable OutputStream expectant)
      throws IOException {
    this.in = in;
    this.expectant = expectant;
    String length = Header.first(headers, "Content-Length");
    String encoding = Header.first(headers, "Transfer-Encoding");
    chunked = encoding != null;
    if (encoding != null && (length != null || !encoding.equalsIgnoreCase("chunked"))) {
      throw new BadRequestException(400, "a body of unknown length");
    }
    left = length == null ? 0 : number(length, 10);
    ended = !chunked && left == 0;
  }

  List<Header> trailers() {
    return trailers;
  }

  boolean isEnded() {
    return ended;
  }

  /** Whether the client waits for the word to send it. */
  boolean isHeldBack() {
    return expectant != null && !ended;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    OutputStream waits = expectant;
    if (waits != null && !ended) {
      waits.write(CONTINUE);
      waits.flush();
      expectant = null;
    }
    if (chunked && left == 0 && !ended) {
      nextChunk();
    }
    if (ended) {
      return -1;
    }
    int read = in.read(bytes, offset, (int) Math.min(length, left));
    if (read < 0) {
      throw new EOFException("The connection ended in a body");
    }
    left -= read;
    ended = !chunked && left == 0;
    return read;
  }

  private void nextChunk() throws IOException {
    HeadReader head = new HeadReader(in);
    if (started && !"".equals(head.line())) {
      throw new BadRequestException(400, "a chunk longer than it says");
    }
    started = true;
    String line = head.line();
    if (line == null) {
      throw new EOFException("The connection ended between two chunks");
    }
    left = number(line.split(";", 2)[0].strip(), 16);
    if (left == 0) {
      trailers = head.headers();
      ended = true;
    }
  }

  private static long number(String digits, int radix) throws IOException {
    try {
      long number = Long.parseLong(digits, radix);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new BadRequestException(400, "a length that is not a number");
  }
}
