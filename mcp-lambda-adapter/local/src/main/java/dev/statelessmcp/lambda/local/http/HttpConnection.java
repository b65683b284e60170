package dev.statelessmcp.lambda.local.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;

/**
 * A client's connection, whose requests are answered one after the other; not closed by this class.
 */
final class HttpConnection implements Runnable {
  /**
   * What is read of a body that the handler left alone: a client that still sends sees no answer.
   */
  private static final long MAX_DRAINED_BYTES = 64L * 1024 * 1024;

  private static final int LINGER_MILLIS = 1_000;
  private static final int MAX_LINGER_BYTES = 1024 * 1024;

  private final Socket socket;
  private final HttpHandler handler;
  private final InputStream in;
  private final OutputStream out;
  private boolean last;

  HttpConnection(Socket socket, HttpHandler handler) throws IOException {
    this.socket = socket;
    this.handler = handler;
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
    out = new BufferedOutputStream(socket.getOutputStream());
  }

  OutputStream output() {
    return out;
  }

  InetSocketAddress remoteAddress() {
    return (InetSocketAddress) socket.getRemoteSocketAddress();
  }

  int localPort() {
    return socket.getLocalPort();
  }

  boolean isLast() {
    return last;
  }

  void closeAfterThis() {
    last = true;
  }

  void cut() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }

  @Override
  public void run() {
    try {
      while (!last && serveOne()) {
        // the next one
      }
    } catch (BadRequestException e) {
      refuse(e);
    } catch (IOException e) {
      // The client has disconnected.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  /** Whether there was a request, and its connection can be reused. */
  private boolean serveOne() throws IOException, InterruptedException {
    HeadReader reader = new HeadReader(in);
    String line = reader.line();
    if (line == null) {
      return false;
    }
    String[] words = line.split(" ", -1);
    if (words.length != 3 || !words[2].matches("HTTP/1\\.[01]") || words[1].isEmpty()) {
      throw new BadRequestException(400, "no request line of HTTP/1.1");
    }
    List<Header> headers = reader.headers();
    last = words[2].equals("HTTP/1.0")
        || "close".equalsIgnoreCase(Header.first(headers, "Connection"));
    boolean waits = "100-continue".equalsIgnoreCase(Header.first(headers, "Expect"));
    MessageBody body = new MessageBody(in, headers, waits ? out : null);
    HttpExchange exchange = new HttpExchange(this, words, headers, reader.bytes(), body);
    handler.handle(exchange);
    return exchange.isAnswered() && !socket.isClosed() && drain(body);
  }

  private static boolean drain(MessageBody body) throws IOException {
    if (body.isHeldBack()) {
      return false; // the client may send it after this answer, or may not
    }
    byte[] rest = new byte[8192];
    for (long drained = 0; !body.isEnded() && drained < MAX_DRAINED_BYTES; ) {
      drained += Math.max(0, body.read(rest, 0, rest.length));
    }
    return body.isEnded();
  }

  private void refuse(BadRequestException problem) {
    try {
      byte[] text = (problem.getMessage() + "\n").getBytes(UTF_8);
      String head = "HTTP/1.1 %d \r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
          .formatted(problem.status, text.length);
      out.write(head.getBytes(UTF_8));
      out.write(text);
      out.flush();
      // Closing with bytes unread would take the answer back.
      socket.shutdownOutput();
      socket.setSoTimeout(LINGER_MILLIS);
      var unused = in.readNBytes(MAX_LINGER_BYTES);
    } catch (IOException e) {
      // The client went away before it could be told, or had nothing more to say.
    }
  }
}
