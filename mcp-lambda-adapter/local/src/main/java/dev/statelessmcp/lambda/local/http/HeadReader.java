package dev.statelessmcp.lambda.local.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the lines of a head, a trailer or a chunk's size, up to a limit. */
final class HeadReader {
  static final int MAX_BYTES = 64 * 1024;

  private final InputStream in;
  private int bytes;

  HeadReader(InputStream in) {
    this.in = in;
  }

  /** How much has been read so far, line ends included. */
  int bytes() {
    return bytes;
  }

  /** The next line, or null at the end of the stream. */
  @Nullable
  String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next; (next = in.read()) != '\n'; ) {
      if (next < 0) {
        if (line.size() == 0) {
          return null;
        }
        throw new EOFException("The connection ended in a line");
      }
      if (++bytes > MAX_BYTES) {
        throw new BadRequestException(431, "more than " + MAX_BYTES + " bytes of headers");
      }
      line.write(next);
    }
    bytes++;
    String text = line.toString(ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  /** Headers up to the empty line after them. */
  List<Header> headers() throws IOException {
    List<Header> headers = new ArrayList<>();
    for (String line = required(); !line.isEmpty(); line = required()) {
      int colon = line.indexOf(':');
      if (colon < 1 || line.charAt(0) <= ' ' || line.charAt(colon - 1) <= ' ') {
        throw new BadRequestException(400, "a header without a name");
      }
      headers.add(new Header(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
    return headers;
  }

  private String required() throws IOException {
    String line = line();
    if (line == null) {
      throw new EOFException("The connection ended in a head");
    }
    return line;
  }
}
