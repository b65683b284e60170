package dev.statelessmcp.oauth;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;

/** A server that does not keep to HTTP: it sends what a test says, as slowly as it likes. */
final class HostileServer implements AutoCloseable {
  private final ServerSocket server;
  private final byte[] first;
  private final byte[] repeated;
  private final CountDownLatch end = new CountDownLatch(1);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /**
   * Starts it.
   *
   * @param first is sent at once
   * @param repeated is sent over and over, a byte at a time; empty to send nothing more, and keep
   *     the connection; null to end it
   */
  HostileServer(ServerSocketFactory sockets, String first, String repeated) throws IOException {
    server = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.first = first.getBytes(StandardCharsets.ISO_8859_1);
    this.repeated = repeated == null ? null : repeated.getBytes(StandardCharsets.ISO_8859_1);
    start(this::accept);
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "hostile-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (end.getCount() > 0) {
        Socket socket = server.accept();
        open.add(socket);
        start(() -> serve(socket));
      }
    } catch (IOException e) {
      // It is closed
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      if (!isHandshake()) {
        readHead(in);
      }
      out.write(first);
      out.flush();
      if (repeated != null && repeated.length == 0) {
        in.transferTo(OutputStream.nullOutputStream()); // until the client ends the connection
      } else if (repeated != null) {
        for (int i = 0; !end.await(5, TimeUnit.MILLISECONDS); i++) {
          out.write(repeated[i % repeated.length]);
          out.flush();
        }
      }
    } catch (IOException e) {
      // The client has had enough
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(socket);
    }
  }

  /** A record of TLS. */
  private boolean isHandshake() {
    return first.length > 0 && first[0] == 0x16;
  }

  /** Prevents a reset of the connection, which would discard the answer. */
  private static void readHead(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).contains("\r\n\r\n")) {
      int c = in.read();
      if (c < 0) {
        return;
      }
      head.write(c);
    }
  }

  int port() {
    return server.getLocalPort();
  }

  /** The number of open connections. */
  int connections() {
    return open.size();
  }

  @Override
  public void close() throws IOException {
    end.countDown();
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
