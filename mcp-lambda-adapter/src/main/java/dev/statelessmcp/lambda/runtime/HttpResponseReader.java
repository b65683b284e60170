package dev.statelessmcp.lambda.runtime;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Reads HTTP/1.1 answers of the Runtime API. */
final class HttpResponseReader {
  private static final int MAX_LINE_BYTES = 256 << 10;
  private static final int MAX_HEADERS = 200;
  // An event has at most 6 MB
  private static final int MAX_BODY_BYTES = 64 << 20;

  private final InputStream in;

  HttpResponseReader(InputStream in) {
    this.in = in;
  }

  HttpResponse read() throws IOException {
    while (true) {
      String line = line();
      int status = status(line);
      Map<String, String> headers = headers();
      if (status >= 200) {
        return response(line, status, headers);
      }
    }
  }

  private HttpResponse response(String line, int status, Map<String, String> headers)
      throws IOException {
    String connection = headers.getOrDefault("connection", "");
    boolean last = line.startsWith("HTTP/1.0") || connection.equalsIgnoreCase("close");
    String coding = headers.get("transfer-encoding");
    String length = headers.get("content-length");
    byte[] body;
    if (status == 204 || status == 304) {
      body = new byte[0];
    } else if (coding != null) {
      if (!coding.equalsIgnoreCase("chunked")) {
        throw new IOException("the answer has the unknown Transfer-Encoding " + coding);
      }
      body = chunks();
    } else if (length != null) {
      body = exactly(number(length, 10, "Content-Length"));
    } else {
      body = rest();
      last = true;
    }
    return new HttpResponse(status, headers, body, last);
  }

  private static int status(String line) throws IOException {
    if (line.startsWith("HTTP/1.") && line.length() >= 12) {
      return number(line.substring(9, 12), 10, "status");
    }
    throw new IOException("the answer is not HTTP/1.1");
  }

  private Map<String, String> headers() throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (int count = 0; count < MAX_HEADERS; count++) {
      String line = line();
      if (line.isEmpty()) {
        return headers;
      }
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new IOException("the answer has a header without a name");
      }
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip());
    }
    throw new IOException("the answer has more than " + MAX_HEADERS + " headers");
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      String line = line();
      int extension = line.indexOf(';');
      String digits = extension < 0 ? line : line.substring(0, extension);
      int size = number(digits.strip(), 16, "chunk size");
      if (size == 0) {
        headers(); // the trailers, which a runtime ignores
        return body.toByteArray();
      }
      if (size > MAX_BODY_BYTES - body.size()) {
        throw new IOException("the answer is longer than " + MAX_BODY_BYTES + " bytes");
      }
      body.writeBytes(exactly(size));
      if (!line().isEmpty()) {
        throw new IOException("the answer has a chunk that is longer than its size");
      }
    }
  }

  private byte[] exactly(int length) throws IOException {
    if (length > MAX_BODY_BYTES) {
      throw new IOException("the answer is longer than " + MAX_BODY_BYTES + " bytes");
    }
    byte[] bytes = new byte[length];
    if (in.readNBytes(bytes, 0, length) < length) {
      throw new EOFException("the connection ended within the answer");
    }
    return bytes;
  }

  private byte[] rest() throws IOException {
    byte[] bytes = in.readNBytes(MAX_BODY_BYTES + 1);
    if (bytes.length > MAX_BODY_BYTES) {
      throw new IOException("the answer is longer than " + MAX_BODY_BYTES + " bytes");
    }
    return bytes;
  }

  /** Reads a line. Header values may have UTF-8, as a client context does. */
  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(80);
    while (line.size() < MAX_LINE_BYTES) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("the connection ended before the answer did");
      }
      if (next == '\n') {
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
      }
      line.write(next);
    }
    throw new IOException("the answer has a line longer than " + MAX_LINE_BYTES + " bytes");
  }

  private static int number(String digits, int radix, String what) throws IOException {
    try {
      int number = Integer.parseInt(digits, radix);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IOException("the answer has the invalid " + what + " " + digits, e);
    }
    throw new IOException("the answer has the invalid " + what + " " + digits);
  }
}
