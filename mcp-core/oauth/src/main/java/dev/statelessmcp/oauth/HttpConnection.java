package dev.statelessmcp.oauth;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * One request of HTTP/1.1 on a connection of its own, which ends at a time whatever the server
 * does. Used by one thread.
 *
 * <p>The clients of the JDK are not used: a server that sends its headers byte by byte holds
 * {@code HttpURLConnection} for as long as it likes, and {@code HttpClient} takes longer to start
 * than all the rest. // cold start
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112">HTTP/1.1</a>
 */
final class HttpConnection {
  private static final int MAX_HEAD = 16 << 10;

  /** Answers with status 1xx before the answer, such as those of RFC 8297. */
  private static final int MAX_INTERIM = 8;

  private final DeadlineSocket socket;
  private final InputStream in;
  private final OutputStream out;
  private int headBytes;

  private int status;
  private @Nullable String location;
  private long length = -1; // -1 if it is not known
  private boolean chunked;

  /** A socket by which another thread can end the connection. */
  interface Watcher {
    /**
     * Takes a socket before it connects.
     *
     * @throws IOException if the time is up already
     */
    void opened(DeadlineSocket socket) throws IOException;
  }

  private HttpConnection(DeadlineSocket socket, InputStream in, OutputStream out) {
    this.socket = socket;
    this.in = new BufferedInputStream(in);
    this.out = out;
  }

  /**
   * Connects.
   *
   * @param deadline as {@code System.nanoTime}
   */
  static HttpConnection open(URI uri, long deadline, Watcher watcher) throws IOException {
    boolean tls = "https".equalsIgnoreCase(uri.getScheme());
    int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
    DeadlineSocket socket = connected(uri, port, deadline, watcher);
    try {
      if (!tls) {
        return new HttpConnection(socket, socket.getInputStream(), socket.getOutputStream());
      }
      SSLSocket secured = (SSLSocket) HttpsURLConnection.getDefaultSSLSocketFactory()
          .createSocket(socket, host(uri), port, true);
      SSLParameters parameters = secured.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS"); // the name of the certificate
      secured.setSSLParameters(parameters);
      secured.startHandshake();
      return new HttpConnection(socket, secured.getInputStream(), secured.getOutputStream());
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private static DeadlineSocket connected(URI uri, int port, long deadline, Watcher watcher)
      throws IOException {
    Proxy proxy = proxy(uri);
    if (proxy.type() != Proxy.Type.DIRECT) {
      DeadlineSocket socket = new DeadlineSocket(proxy, deadline);
      try {
        watcher.opened(socket);
        socket.connectTo(host(uri), port);
        return socket;
      } catch (IOException | RuntimeException e) {
        socket.close();
        throw e;
      }
    }
    IOException why = null;
    for (InetAddress address : InetAddress.getAllByName(host(uri))) {
      DeadlineSocket socket = new DeadlineSocket(Proxy.NO_PROXY, deadline);
      try {
        watcher.opened(socket);
        socket.connectTo(address, port);
        return socket;
      } catch (IOException e) {
        socket.close();
        why = e;
      }
    }
    throw why == null ? new IOException(uri + " has no address") : why;
  }

  /** The proxy of the settings of the JDK, such as {@code https.proxyHost}. */
  private static Proxy proxy(URI uri) {
    ProxySelector selector = ProxySelector.getDefault();
    if (selector == null || "http".equalsIgnoreCase(uri.getScheme())) {
      return Proxy.NO_PROXY; // this machine
    }
    for (Proxy proxy : selector.select(uri)) {
      return proxy;
    }
    return Proxy.NO_PROXY;
  }

  /** Without the brackets of an IPv6 address. */
  private static String host(URI uri) {
    String host = uri.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /**
   * Sends a request and reads the head of the answer.
   *
   * @param form what to send with POST; null for GET
   * @param authorization the credentials; null for none
   */
  void send(URI uri, byte @Nullable [] form, @Nullable String authorization) throws IOException {
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    StringBuilder head = new StringBuilder(form == null ? "GET " : "POST ");
    head.append(target).append(" HTTP/1.1\r\nHost: ").append(uri.getRawAuthority());
    head.append("\r\nAccept: application/json\r\nConnection: close\r\nUser-Agent: mcp-oauth\r\n");
    if (authorization != null) {
      head.append("Authorization: ").append(authorization).append("\r\n");
    }
    if (form != null) {
      head.append("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ");
      head.append(form.length).append("\r\n");
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
    if (form != null) {
      all.writeBytes(form);
    }
    out.write(all.toByteArray());
    out.flush();
    for (int i = 0; i <= MAX_INTERIM && status / 100 <= 1; i++) {
      readHead();
    }
  }

  private void readHead() throws IOException {
    String first = line();
    status = first.startsWith("HTTP/1.") && first.length() >= 12 && first.charAt(8) == ' '
        ? (int) number(first.substring(9, 12), 10)
        : 0;
    if (status < 100) {
      throw new IOException("the answer is not one of HTTP/1.1");
    }
    String line = line();
    while (!line.isEmpty()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        read(
            line.substring(0, colon).toLowerCase(Locale.ROOT),
            line.substring(colon + 1).strip());
      }
      line = line();
    }
  }

  private void read(String name, String value) throws IOException {
    switch (name) {
      case "location" -> location = value;
      case "content-length" -> length = number(value, 10);
      case "transfer-encoding" -> {
        if (!value.equalsIgnoreCase("chunked")) {
          throw new IOException("the answer has a transfer encoding that is not supported");
        }
        chunked = true;
      }
      default -> {
        // The others make no difference
      }
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    int c = in.read();
    while (c != '\n') {
      if (c < 0) {
        throw new IOException("the answer has ended too soon");
      }
      headBytes++;
      if (headBytes > MAX_HEAD) {
        throw new IOException("the head of the answer has more than " + MAX_HEAD + " bytes");
      }
      line.append((char) c);
      c = in.read();
    }
    headBytes++;
    int end = line.length();
    return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
  }

  private static long number(String digits, int radix) throws IOException {
    try {
      long number = digits.startsWith("+") ? -1 : Long.parseLong(digits, radix);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IOException("the answer has a malformed number", e);
    }
    throw new IOException("the answer has a malformed number");
  }

  int status() {
    return status;
  }

  /** Where the answer redirects to; null if it does not say so. */
  @Nullable
  String location() {
    return location;
  }

  /**
   * Reads the content of the answer.
   *
   * @throws IOException if it has more bytes than this, or ends too soon
   */
  byte[] content(int max) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    if (!chunked) {
      copy(length, all, max);
      return all.toByteArray();
    }
    long size = chunkSize();
    while (size > 0) {
      copy(size, all, max);
      line(); // after the chunk
      size = chunkSize();
    }
    return all.toByteArray();
  }

  private long chunkSize() throws IOException {
    headBytes = 0;
    String line = line();
    int extension = line.indexOf(';');
    return number((extension < 0 ? line : line.substring(0, extension)).strip(), 16);
  }

  /** Copies some bytes; -1 for all that come. */
  private void copy(long count, ByteArrayOutputStream all, int max) throws IOException {
    if (count > max - all.size()) {
      throw new IOException("the answer has more than " + max + " bytes");
    }
    byte[] buffer = new byte[8192];
    long left = count < 0 ? Long.MAX_VALUE : count;
    while (left > 0) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        if (count >= 0) {
          throw new IOException("the answer has ended too soon");
        }
        return;
      }
      all.write(buffer, 0, read);
      left -= read;
      if (all.size() > max) {
        throw new IOException("the answer has more than " + max + " bytes");
      }
    }
  }

  /** Does not wait for the other side, as an orderly end of TLS would. */
  void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // The connection is not used any more
    }
  }
}
