package dev.statelessmcp.lambda.local.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/** Listens on 127.0.0.1, with a thread for each connection. All threads are daemons. */
public final class HttpListener implements AutoCloseable {
  private static final int BACKLOG = 128;

  private final ServerSocket listening;
  private final HttpHandler handler;
  private final ExecutorService threads;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  private HttpListener(String name, ServerSocket listening, HttpHandler handler) {
    this.listening = listening;
    this.handler = handler;
    threads = Executors.newCachedThreadPool(task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    });
  }

  /**
   * Starts to listen.
   *
   * @param name of the threads
   * @param port 0 for a free one
   * @throws IOException when the port cannot be had
   */
  public static HttpListener start(String name, int port, HttpHandler handler) throws IOException {
    ServerSocket listening = new ServerSocket();
    try {
      InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      listening.bind(new InetSocketAddress(loopback, port), BACKLOG);
    } catch (IOException e) {
      listening.close();
      throw e;
    }
    HttpListener listener = new HttpListener(name, listening, handler);
    listener.threads.execute(listener::accept);
    return listener;
  }

  /** The port that is listened on. */
  public int port() {
    return listening.getLocalPort();
  }

  /** Cuts all connections. */
  @Override
  public void close() {
    closeQuietly(listening);
    threads.shutdownNow();
    sockets.forEach(HttpListener::closeQuietly);
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        sockets.add(socket);
        threads.execute(() -> serve(socket));
      } catch (IOException e) {
        // Closed, or one connection could not be accepted.
      } catch (RejectedExecutionException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    try {
      new HttpConnection(socket, handler).run();
    } catch (IOException e) {
      // The client has gone before its first word.
    } finally {
      closeQuietly(socket);
      sockets.remove(socket);
    }
  }

  private static void closeQuietly(AutoCloseable thing) {
    try {
      thing.close();
    } catch (Exception e) {
      // A socket that cannot be closed has ended already.
    }
  }
}
