package dev.statelessmcp.oauth;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/**
 * Creates sockets for {@code HttpsURLConnection} that end at a deadline, also if the server sends
 * slowly: the read timeout of a connection restarts with each byte. TLS reads through these
 * sockets, so the deadline also applies to the handshake. Thread-safe.
 */
final class DeadlineSockets extends SSLSocketFactory {
  private final SSLSocketFactory tls = HttpsURLConnection.getDefaultSSLSocketFactory();
  private final long deadline; // in System.nanoTime

  DeadlineSockets(long deadline) {
    this.deadline = deadline;
  }

  /**
   * The remaining time.
   *
   * @return in milliseconds, at least 1
   * @throws SocketTimeoutException if none is left
   */
  static int remaining(long deadline) throws SocketTimeoutException {
    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    if (left <= 0) {
      throw new SocketTimeoutException("the time limit has passed");
    }
    return (int) Math.min(left, Integer.MAX_VALUE);
  }

  /** Creates a TCP socket, on which {@code HttpsURLConnection} then starts TLS. */
  @Override
  public Socket createSocket() {
    return new DeadlineSocket();
  }

  @Override
  public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
      throws IOException {
    return tls.createSocket(socket, host, port, autoClose);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return tls.createSocket(host, port);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return tls.createSocket(host, port, localHost, localPort);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return tls.createSocket(host, port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return tls.createSocket(host, port, localHost, localPort);
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return tls.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return tls.getSupportedCipherSuites();
  }

  private final class DeadlineSocket extends Socket {

    @Override
    public InputStream getInputStream() throws IOException {
      return new Input(this, super.getInputStream());
    }
  }

  private final class Input extends FilterInputStream {
    private final Socket socket;

    Input(Socket socket, InputStream in) {
      super(in);
      this.socket = socket;
    }

    @Override
    public int read() throws IOException {
      socket.setSoTimeout(remaining(deadline));
      return in.read();
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
      socket.setSoTimeout(remaining(deadline));
      return in.read(bytes, from, count);
    }
  }
}
