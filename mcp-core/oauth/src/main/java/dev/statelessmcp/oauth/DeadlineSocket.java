package dev.statelessmcp.oauth;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/**
 * A TCP connection that ends at a time, however slowly the other side sends: a timeout of a socket
 * alone begins anew with each byte. TLS on top of it reads through it, so that the handshake ends
 * at that time as well.
 */
final class DeadlineSocket extends Socket {
  /** For one address; another one may answer. */
  private static final int CONNECT_MILLIS = 2000;

  private final long deadline; // as System.nanoTime

  DeadlineSocket(Proxy proxy, long deadline) {
    super(proxy);
    this.deadline = deadline;
  }

  /** Connects to an address that is resolved, or that the proxy resolves. */
  void connectTo(InetAddress address, int port) throws IOException {
    connect(new InetSocketAddress(address, port), Math.min(CONNECT_MILLIS, remaining()));
  }

  /** Has the proxy connect to a host, whose name the proxy resolves. */
  void connectTo(String host, int port) throws IOException {
    setSoTimeout(remaining());
    connect(InetSocketAddress.createUnresolved(host, port), remaining());
  }

  /**
   * The time that is left.
   *
   * @return in milliseconds, at least 1
   * @throws SocketTimeoutException if none is left
   */
  private int remaining() throws SocketTimeoutException {
    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    if (left <= 0) {
      throw new SocketTimeoutException("the answer took too long");
    }
    return (int) Math.min(left, Integer.MAX_VALUE);
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new Input(super.getInputStream());
  }

  private final class Input extends FilterInputStream {

    Input(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      setSoTimeout(remaining());
      return in.read();
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
      setSoTimeout(remaining());
      return in.read(bytes, from, count);
    }
  }
}
