package dev.statelessmcp.jetty;

import dev.statelessmcp.testing.Waiting;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** One HTTP/1.1 connection, down to the bytes. */
public final class RawClient implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;

  public RawClient(int port) throws IOException {
    socket = new Socket();
    socket.setSoTimeout((int) Waiting.SECONDS * 1000);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** Sends one request on a new connection. */
  public static HttpAnswer exchange(int port, HttpText request) throws IOException {
    try (RawClient client = new RawClient(port)) {
      return client.exchange(request);
    }
  }

  public int localPort() {
    return socket.getLocalPort();
  }

  public HttpAnswer exchange(HttpText request) throws IOException {
    send(request);
    return receive(request.isHead());
  }

  public void send(HttpText request) throws IOException {
    send(request.bytes());
  }

  public void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  public void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  public HttpAnswer receive() throws IOException {
    return receive(false);
  }

  private HttpAnswer receive(boolean toHead) throws IOException {
    HttpAnswer head = receiveHead();
    byte[] body = new byte[0];
    if (!toHead && head.status() >= 200 && head.status() != 204) {
      body = body(head).readAllBytes();
    }
    return new HttpAnswer(head.status(), head.headers(), new String(body, StandardCharsets.UTF_8));
  }

  /** Status and headers alone. */
  public HttpAnswer receiveHead() throws IOException {
    String first = line();
    if (!first.startsWith("HTTP/1.1 ")) {
      throw new AssertionError("no status: " + first);
    }
    Map<String, String> headers = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
      headers.merge(name, line.substring(colon + 1).strip(), (a, b) -> a + ", " + b);
    }
    return new HttpAnswer(Integer.parseInt(first.substring(9, 12)), headers, null);
  }

  /** The body as it comes. */
  public InputStream body(HttpAnswer head) throws IOException {
    if ("chunked".equals(head.header("transfer-encoding"))) {
      return new Chunks();
    }
    String length = head.header("content-length");
    if (length == null) {
      return in; // up to the end of the connection
    }
    byte[] bytes = in.readNBytes(Integer.parseInt(length));
    if (bytes.length < Integer.parseInt(length)) {
      throw new IOException("the body is shorter than its Content-Length");
    }
    return new ByteArrayInputStream(bytes);
  }

  /** The lines of an event stream as they come. */
  public BufferedReader lines(HttpAnswer head) throws IOException {
    return new BufferedReader(new InputStreamReader(body(head), StandardCharsets.UTF_8));
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("the server has closed the connection");
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }

  /** Whether the server has closed the connection, after all that it sent was read. */
  public boolean isClosedByServer() {
    try {
      return in.read() < 0;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** Says that nothing more will be sent, and goes on listening. */
  public void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** Ends the connection in order: TCP's FIN. */
  public void leave() throws IOException {
    socket.close();
  }

  /** Ends the connection as a process does that is killed with unread data: TCP's RST. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** Takes chunks apart. */
  private final class Chunks extends InputStream {
    private int left;
    private boolean first = true;
    private boolean ended;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (left == 0 && !ended) {
        if (!first) {
          line(); // which Jetty sends no sooner than the next chunk
        }
        first = false;
        left = Integer.parseInt(line(), 16);
        if (left == 0) {
          ended = true;
          line();
        }
      }
      if (ended) {
        return -1;
      }
      int count = in.read(buffer, offset, Math.min(length, left));
      if (count < 0) {
        throw new IOException("the connection was closed in the middle of a chunk");
      }
      left -= count;
      return count;
    }
  }
}
