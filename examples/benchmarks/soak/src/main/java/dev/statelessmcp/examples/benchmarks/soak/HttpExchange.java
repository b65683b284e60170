package dev.statelessmcp.examples.benchmarks.soak;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** One HTTP request on a separate connection, sent in any pieces. */
final class HttpExchange implements AutoCloseable {
  private static final int LIMIT_MILLIS = 30_000;

  private final Socket socket;
  private final InputStream in;

  HttpExchange(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(LIMIT_MILLIS);
    socket.setTcpNoDelay(true);
    in = socket.getInputStream();
  }

  /** The request with a body; headers are lines with their ends. */
  static String post(String headers, String body) {
    return text("POST", headers, body);
  }

  static String text(String method, String headers, String body) {
    return method + " /mcp HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        + "Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n"
        + headers + "Content-Length: " + body.length() + "\r\n\r\n" + body;
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Everything up to the end of the connection. */
  String rest() throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  /** The same, read slowly. */
  String slowly(int pieceBytes, int pauseMillis) throws IOException, InterruptedException {
    StringBuilder text = new StringBuilder();
    for (byte[] piece = in.readNBytes(pieceBytes);
        piece.length > 0;
        piece = in.readNBytes(pieceBytes)) {
      text.append(new String(piece, StandardCharsets.ISO_8859_1));
      TimeUnit.MILLISECONDS.sleep(pauseMillis);
    }
    return text.toString();
  }

  /** Reads until a text has come. */
  String until(String wanted) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf(wanted) < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("ended without " + wanted + ": " + text);
      }
      text.append((char) next);
    }
    return text.toString();
  }

  /** Resets the connection, as a killed process does. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  static int status(String answer) {
    Load.check(answer.startsWith("HTTP/1.1 "), "no HTTP: " + answer);
    return Integer.parseInt(answer.substring(9, 12));
  }
}
