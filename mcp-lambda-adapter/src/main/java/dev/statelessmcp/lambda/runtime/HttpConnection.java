package dev.statelessmcp.lambda.runtime;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * One connection to the Runtime API. It has no read timeout, because the environment may be frozen
 * for hours while it waits for the next event. {@code java.net.http} would load hundreds of
 * classes.
 */
final class HttpConnection {
  private static final int CONNECT_TIMEOUT_MILLIS = 10_000;

  private final String authority;
  private final Socket socket;
  private final OutputStream out;
  private final HttpResponseReader in;

  private HttpConnection(String authority, Socket socket) throws IOException {
    this.authority = authority;
    this.socket = socket;
    out = new BufferedOutputStream(socket.getOutputStream());
    in = new HttpResponseReader(new BufferedInputStream(socket.getInputStream()));
  }

  static HttpConnection open(String host, int port) throws IOException {
    // A proxy is only for the function's own connections
    Socket socket = new Socket(Proxy.NO_PROXY);
    try {
      socket.connect(new InetSocketAddress(host, port), CONNECT_TIMEOUT_MILLIS);
      socket.setTcpNoDelay(true);
      return new HttpConnection(host + ":" + port, socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * Sends a request whose body is complete, and reads the answer.
   *
   * @param headers lines that each end with CR LF; may be empty
   */
  HttpResponse exchange(String method, String path, String headers, byte[] body)
      throws IOException {
    try {
      head(method, path, headers + "Content-Length: " + body.length + "\r\n");
      out.write(body);
      out.flush();
    } catch (IOException e) {
      return earlyAnswer(e);
    }
    return in.read();
  }

  /**
   * Reads an answer that came before the end of the body: the service may refuse a body that is too
   * large, and close the connection.
   */
  private HttpResponse earlyAnswer(IOException writing) throws IOException {
    try {
      return in.read().asLast();
    } catch (IOException reading) {
      writing.addSuppressed(reading);
      throw writing;
    }
  }

  /** Begins a request; its body goes to {@link #out}. */
  void head(String method, String path, String headers) throws IOException {
    String head =
        method + " " + path + " HTTP/1.1\r\nHost: " + authority + "\r\n" + headers + "\r\n";
    out.write(head.getBytes(StandardCharsets.ISO_8859_1));
  }

  OutputStream out() {
    return out;
  }

  HttpResponse response() throws IOException {
    return in.read();
  }

  void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // The socket is no longer used
    }
  }
}
