package dev.statelessmcp.lambda.local.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer. Only one thread at a time may use it, except for {@link #cut()}.
 *
 * <p>Length, transfer coding and connection are this class's: an answer's headers do not have them.
 */
public final class HttpExchange {
  private final HttpConnection connection;
  private final String method;
  private final String target;
  private final String version;
  private final List<Header> headers;
  private final int headBytes;
  private final MessageBody body;
  private boolean answered;

  HttpExchange(
      HttpConnection connection,
      String[] requestLine,
      List<Header> headers,
      int headBytes,
      MessageBody body) {
    this.connection = connection;
    method = requestLine[0];
    target = requestLine[1];
    version = requestLine[2];
    this.headers = List.copyOf(headers);
    this.headBytes = headBytes;
    this.body = body;
  }

  /** The method, in the case that was sent. */
  public String method() {
    return method;
  }

  /** Path and query, as they were sent. */
  public String target() {
    return target;
  }

  /** {@code HTTP/1.1} or {@code HTTP/1.0}. */
  public String version() {
    return version;
  }

  /** The headers, in the order and with the names that were sent. */
  public List<Header> headers() {
    return headers;
  }

  /** The first value of a header, or null. */
  public @Nullable String header(String name) {
    return Header.first(headers, name);
  }

  /** The size of the request line and the headers on the wire. */
  public int headBytes() {
    return headBytes;
  }

  /** Who asks. */
  public InetSocketAddress remoteAddress() {
    return connection.remoteAddress();
  }

  /** The port that was asked. */
  public int localPort() {
    return connection.localPort();
  }

  /** The body, which is at its end at once if there is none. */
  public InputStream body() {
    return body;
  }

  /** What came after a chunked body; empty until the body has been read to its end. */
  public List<Header> trailers() {
    return body.trailers();
  }

  /** Sends a whole answer. Nothing of the body goes out where HTTP forbids one. */
  public void send(int status, List<Header> headers, byte[] body) throws IOException {
    StringBuilder head = head(status, headers);
    boolean allowed = mayHaveBody(status);
    if (allowed) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    OutputStream out = connection.output();
    out.write(head.append("\r\n").toString().getBytes(ISO_8859_1));
    if (allowed && !method.equals("HEAD")) {
      out.write(body);
    }
    out.flush();
  }

  /**
   * Sends the head of an answer whose body is still being made. Each write goes out at once; close
   * says that the body is whole.
   */
  public OutputStream stream(int status, List<Header> headers) throws IOException {
    StringBuilder head = head(status, headers);
    boolean body = mayHaveBody(status) && !method.equals("HEAD");
    boolean chunks = body && version.equals("HTTP/1.1");
    if (chunks) {
      head.append("Transfer-Encoding: chunked\r\n");
    } else {
      connection.closeAfterThis();
    }
    OutputStream out = connection.output();
    out.write(head.append("\r\n").toString().getBytes(ISO_8859_1));
    out.flush();
    return new PiecewiseOutput(out, body, chunks);
  }

  /** Ends the connection as it is, so that the client knows the answer is not whole. */
  public void cut() {
    connection.cut();
  }

  boolean isAnswered() {
    return answered;
  }

  MessageBody messageBody() {
    return body;
  }

  private StringBuilder head(int status, List<Header> headers) {
    if (answered) {
      throw new IllegalStateException("The request has been answered");
    }
    answered = true;
    // Clients do not need the reason phrase, and some statuses have none.
    StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append(" \r\n");
    for (Header header : headers) {
      head.append(clean(header.name()))
          .append(": ")
          .append(clean(header.value()))
          .append("\r\n");
    }
    if (connection.isLast()) {
      head.append("Connection: close\r\n");
    }
    return head;
  }

  private static String clean(String text) {
    return text.replace('\r', ' ').replace('\n', ' ');
  }

  private static boolean mayHaveBody(int status) {
    return status >= 200 && status != 204 && status != 304;
  }
}
