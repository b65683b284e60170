package dev.statelessmcp.lambda.runtime;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A streamed answer: a chunked request on a connection that ends with it. */
final class ChunkedResponse implements ResponseStream {
  private static final String BODY_TRAILER = "Lambda-Runtime-Function-Error-Body";
  private static final String HEADERS =
      "Content-Type: application/vnd.awslambda.http-integration-response\r\n"
          + "Lambda-Runtime-Function-Response-Mode: streaming\r\n"
          + "Transfer-Encoding: chunked\r\n"
          + "Trailer: "
          + ErrorReport.TYPE_HEADER
          + ", "
          + BODY_TRAILER
          + "\r\n";
  private static final byte[] CRLF = {'\r', '\n'};

  private final HttpConnection connection;
  private final OutputStream out;
  private boolean open = true;

  private ChunkedResponse(HttpConnection connection) {
    this.connection = connection;
    out = connection.out();
  }

  static ChunkedResponse begin(HttpConnection connection, String path, byte[] prelude)
      throws IOException {
    ChunkedResponse response = new ChunkedResponse(connection);
    try {
      connection.head("POST", path, HEADERS);
      response.chunk(prelude);
      return response;
    } catch (IOException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public synchronized void write(byte[] bytes) throws IOException {
    if (!open) {
      throw new IOException("the stream is closed");
    }
    if (bytes.length > 0) { // an empty chunk is the end
      chunk(bytes);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (open) {
      end("");
    }
  }

  /** Ends the body with an error, unless it has ended. */
  synchronized void fail(ErrorReport error) throws IOException {
    if (open) {
      String body = Base64.getEncoder().encodeToString(error.json());
      end(ErrorReport.TYPE_HEADER
          + ": "
          + error.category()
          + "\r\n"
          + BODY_TRAILER
          + ": "
          + body
          + "\r\n");
    }
  }

  private void chunk(byte[] bytes) throws IOException {
    out.write(ascii(Integer.toHexString(bytes.length) + "\r\n"));
    out.write(bytes);
    out.write(CRLF);
    out.flush();
  }

  private void end(String trailers) throws IOException {
    open = false;
    try {
      out.write(ascii("0\r\n" + trailers + "\r\n"));
      out.flush();
      // Closing before the answer is read would reset the connection, and lose data
      HttpResponse answer = connection.response();
      if (!answer.isSuccess()) {
        throw new UnexpectedStatusException("The streamed response", answer);
      }
    } finally {
      connection.close();
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
