package dev.statelessmcp.examples.benchmarks.soak;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Loads an HTTP server with default settings and a heap of 256 MB with many clients that send or
 * receive slowly. Meanwhile another client calls a tool; the time of its slowest answer has a
 * limit. Then stops servers while a client disconnects.
 */
final class PeersMain {
  private static final int SENDERS = 2_000;
  private static final int READERS = 300;
  private static final int LARGE = 3_500_000;
  private static final long LIMIT_MILLIS = 500;

  private static final int ATTEMPTS = 5;
  private static final long SENDING_SECONDS = 10;
  private static final long READING_SECONDS = 20;
  private static final int ANSWER_LIMIT_MILLIS = 30_000;

  private final int port;
  private final File log;

  private PeersMain(int port, File log) {
    this.port = port;
    this.log = log;
  }

  /**
   * Runs it.
   *
   * @param args none
   */
  public static void main(String[] args) throws Exception {
    if (args.length > 0) {
      System.err.println("Usage: run peers");
      System.exit(2);
    }
    File log = File.createTempFile("peers", ".log");
    log.deleteOnExit();
    Process server = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            SoakServer.class.getName(),
            "defaults")
        .redirectError(log)
        .start();
    try {
      BufferedReader out = new BufferedReader(
          new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
      PeersMain peers = new PeersMain(Integer.parseInt(out.readLine()), log);
      boolean good = peers.run();
      System.exit(Stops.allEnd() && good ? 0 : 1);
    } finally {
      server.destroyForcibly();
    }
  }

  private boolean run() throws Exception {
    for (int i = 0; i < 200; i++) { // warm-up
      call();
    }
    boolean fast = inTime(SENDERS + " clients that send two bytes a second", this::sendSlowly);
    fast &= inTime(READERS + " clients that send 3.5 MB and read slowly", this::readSlowly);
    boolean memory = Files.readString(log.toPath()).contains("OutOfMemoryError");
    System.out.println(memory ? "The heap was exhausted." : "The heap was not exhausted.");
    return fast && !memory;
  }

  private interface Crowd {
    void run() throws Exception;
  }

  /**
   * Repeats a measurement, because a machine with other load may be late once; a slow server is
   * late each time.
   */
  private boolean inTime(String what, Crowd crowd) throws Exception {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (worstMillis(what, crowd) < LIMIT_MILLIS) {
        return true;
      }
    }
    return false;
  }

  /** The maximum answer time of the other client during the load. */
  private long worstMillis(String what, Crowd crowd) throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    Map<String, Integer> statuses = new TreeMap<>();
    long[] worst = new long[1];
    Thread healthy = new Thread(() -> {
      try {
        while (!over.await(20, TimeUnit.MILLISECONDS)) {
          long begun = System.nanoTime();
          statuses.merge(call(), 1, Integer::sum);
          worst[0] = Math.max(worst[0], System.nanoTime() - begun);
        }
      } catch (IOException | InterruptedException e) {
        statuses.merge(e.toString(), 1, Integer::sum);
      }
    });
    healthy.start();
    crowd.run();
    over.countDown();
    healthy.join();
    long millis = TimeUnit.NANOSECONDS.toMillis(worst[0]);
    System.out.println(what + ": answers of another client " + statuses + ", the slowest after "
        + millis + " ms (limit " + LIMIT_MILLIS + " ms)");
    return statuses.keySet().equals(Set.of("200")) ? millis : Long.MAX_VALUE;
  }

  /** The status of a small call on a separate connection. */
  private String call() throws IOException {
    try (HttpExchange exchange = new HttpExchange(port)) {
      exchange.send(echo("hi"));
      return Integer.toString(HttpExchange.status(exchange.rest()));
    }
  }

  private static String echo(String text) {
    String headers =
        "MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/call\r\nMcp-Name: echo\r\n";
    String arguments = Messages.tool("echo", "\"text\":\"" + text + "\"");
    return HttpExchange.post(headers, Messages.modern("1", "tools/call", arguments));
  }

  private void sendSlowly() throws Exception {
    byte[] head =
        HttpExchange.post("", " ".repeat(1000)).strip().getBytes(StandardCharsets.ISO_8859_1);
    List<SocketChannel> clients = new ArrayList<>();
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    for (int i = 0; i < SENDERS; i++) {
      SocketChannel client = SocketChannel.open(address);
      client.write(ByteBuffer.wrap(head));
      client.write(ByteBuffer.wrap("\r\n\r\n{".getBytes(StandardCharsets.ISO_8859_1)));
      clients.add(client);
    }
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SENDING_SECONDS);
    while (System.nanoTime() < end) {
      for (SocketChannel client : clients) {
        client.write(ByteBuffer.wrap(new byte[] {' '}));
      }
      TimeUnit.MILLISECONDS.sleep(500);
    }
    for (SocketChannel client : clients) {
      client.close();
    }
  }

  private void readSlowly() throws Exception {
    byte[] request = echo("x".repeat(LARGE)).getBytes(StandardCharsets.ISO_8859_1);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(READING_SECONDS);
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < READERS; i++) {
      Thread client = new Thread(() -> readSlowly(request, end));
      client.start();
      clients.add(client);
    }
    for (Thread client : clients) {
      client.join();
    }
  }

  /** Reads slowly. The server is expected to refuse many clients, or close their connections. */
  private void readSlowly(byte[] request, long end) {
    try (Socket socket = new Socket()) {
      socket.setReceiveBufferSize(4096);
      socket.setSoTimeout(ANSWER_LIMIT_MILLIS);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      socket.getOutputStream().write(request);
      byte[] piece = new byte[1000];
      while (System.nanoTime() < end && socket.getInputStream().read(piece) >= 0) {
        TimeUnit.MILLISECONDS.sleep(200);
      }
    } catch (IOException | InterruptedException e) {
      // The server has ended the connection
    }
  }
}
