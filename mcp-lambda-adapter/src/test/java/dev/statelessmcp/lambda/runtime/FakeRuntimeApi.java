package dev.statelessmcp.lambda.runtime;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The service's side of the Runtime API, on raw sockets: answers are scripted byte for byte, and
 * chunks and trailers are seen as they arrive.
 */
final class FakeRuntimeApi implements AutoCloseable {
  static final int PATIENCE_SECONDS = 60;
  static final String ROOT = "/2018-06-01/runtime/";

  /** In the place of an answer: closes the connection. */
  static final String HANG_UP = "";

  private static final String ACCEPTED = "HTTP/1.1 202 Accepted\r\nContent-Length: 2\r\n\r\n{}";

  private final ServerSocket server;
  private final BlockingQueue<byte[]> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<Posted> posts = new LinkedBlockingQueue<>();
  private final Map<String, BlockingQueue<String>> answers = new ConcurrentHashMap<>();
  private final Map<String, String> refusals = new ConcurrentHashMap<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  /** Lines of GET requests. */
  final BlockingQueue<String> gets = new LinkedBlockingQueue<>();

  final AtomicInteger connections = new AtomicInteger();

  FakeRuntimeApi() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /** Scripts the answer to a GET of the next event. */
  FakeRuntimeApi next(String raw) {
    events.add(raw.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** An event; headers are lines that each end with CR LF. */
  FakeRuntimeApi event(String requestId, String body, String headers) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return next("HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: "
        + requestId
        + "\r\n"
        + headers
        + "Content-Length: "
        + bytes.length
        + "\r\n\r\n"
        + body);
  }

  FakeRuntimeApi event(String requestId, String body) {
    return event(requestId, body, "");
  }

  /** Has every further GET of an event refused, which ends the runtime. */
  FakeRuntimeApi end() {
    return next("HTTP/1.1 410 Gone\r\nContent-Length: 4\r\n\r\nover");
  }

  /** Scripts the answer to the next request of this path, after what was scripted before. */
  FakeRuntimeApi answer(String path, String raw) {
    answers.computeIfAbsent(path, any -> new LinkedBlockingQueue<>()).add(raw);
    return this;
  }

  /** Has the next POST to this path answered before its body is read, and the connection closed. */
  FakeRuntimeApi refuse(String path, String raw) {
    refusals.put(path, raw);
    return this;
  }

  /** The next POST, whose head has arrived. */
  Posted posted() throws InterruptedException {
    Posted posted = posts.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertNotNull(posted, "nothing was posted");
    return posted;
  }

  boolean hasPosted() {
    return !posts.isEmpty();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "fake-runtime-api");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        sockets.add(socket);
        int number = connections.incrementAndGet();
        start(() -> serve(socket, number));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket socket, int number) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      boolean open = true;
      while (open) {
        open = exchange(in, out, number);
      }
    } catch (IOException e) {
      // the runtime has closed the connection, or the test is over
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean exchange(InputStream in, OutputStream out, int number)
      throws IOException, InterruptedException {
    String[] request = line(in).split(" ", -1);
    String path = request[1].substring(ROOT.length());
    Map<String, String> headers = headers(in);
    if (request[0].equals("GET")) {
      gets.add(path);
    } else {
      Posted posted = new Posted(number, path, headers);
      posts.add(posted);
      String refusal = refusals.remove(path);
      if (refusal != null) {
        out.write(refusal.getBytes(StandardCharsets.UTF_8));
        return false;
      }
      body(in, posted);
    }
    byte[] answer = answerTo(path);
    out.write(answer);
    out.flush();
    return answer.length > 0;
  }

  private byte[] answerTo(String path) throws InterruptedException {
    BlockingQueue<String> scripted = answers.get(path);
    String raw = scripted == null ? null : scripted.poll();
    if (raw != null) {
      return raw.getBytes(StandardCharsets.UTF_8);
    }
    if (path.equals("invocation/next")) {
      return events.take();
    }
    return (path.equals("restore/next") ? ACCEPTED.replace("202 Accepted", "200 OK") : ACCEPTED)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void body(InputStream in, Posted posted) throws IOException {
    boolean whole = false;
    try {
      if ("chunked".equals(posted.headers.get("transfer-encoding"))) {
        int size = Integer.parseInt(line(in), 16);
        while (size > 0) {
          posted.add(exactly(in, size));
          line(in);
          size = Integer.parseInt(line(in), 16);
        }
        posted.trailers.putAll(headers(in));
      } else {
        posted.add(exactly(in, Integer.parseInt(posted.headers.get("content-length"))));
      }
      whole = true;
    } finally {
      posted.end(whole);
    }
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return bytes;
  }

  private static Map<String, String> headers(InputStream in) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip());
    }
    return headers;
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException();
      }
      line.write(next);
    }
    String text = line.toString(StandardCharsets.UTF_8);
    if (!text.endsWith("\r")) {
      throw new IOException("a line ends without CR: " + text);
    }
    return text.substring(0, text.length() - 1);
  }
}
