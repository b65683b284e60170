package dev.statelessmcp.examples.lambdalocal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The service's side of the Lambda Runtime API on a loopback port: it hands out events to whatever
 * runtime polls it and collects the answers. It knows nothing of processes, so that a runtime in
 * another language, in a container or in this JVM can be tested with it too.
 *
 * <p>Any number of threads may poll and invoke at once. One instance serves one execution
 * environment and is not used again after that environment's end.
 */
public final class RuntimeApi implements AutoCloseable {
  /** The service's limit for an answer: 6 MB and 100 bytes for the envelope. */
  static final int MAX_RESPONSE_BYTES = 6 * 1024 * 1024 + 100;

  private static final String ROOT = "/2018-06-01/runtime/";
  private static final String OK = "{\"status\":\"OK\"}";
  private static final Duration MAX_QUEUE_TIME = Duration.ofSeconds(60);

  static {
    // Without it every answer waits some 40 ms for the acknowledgement of its headers, and
    // durations say nothing. There is no such setting for one server only.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final String functionArn;
  private final HttpServer server;
  private final ExecutorService threads;
  private final BlockingQueue<PendingCall> queue = new LinkedBlockingQueue<>();
  private final Map<String, PendingCall> pending = new ConcurrentHashMap<>();
  private final CompletableFuture<Void> initialized = new CompletableFuture<>();
  private volatile String ended;

  private RuntimeApi(String functionArn) throws IOException {
    this.functionArn = functionArn;
    threads = Executors.newCachedThreadPool(task -> {
      Thread thread = new Thread(task, "runtime-api");
      thread.setDaemon(true);
      return thread;
    });
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(ROOT, this::serve);
    server.setExecutor(threads);
  }

  /** Listens on a free port of 127.0.0.1. */
  public static RuntimeApi start(String functionArn) throws IOException {
    RuntimeApi api = new RuntimeApi(functionArn);
    api.server.start();
    return api;
  }

  /** The value for {@code AWS_LAMBDA_RUNTIME_API}. */
  public String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /**
   * Completes when the runtime first asks for an event, which is the end of the init phase; fails
   * with an {@link IllegalStateException} when the runtime reports an error or ends before that.
   */
  public CompletableFuture<Void> initialized() {
    return initialized;
  }

  /**
   * Hands an event to the next free poller and waits for its answer. A runtime that ends, or that
   * does not answer in time, makes it the same error as on Lambda.
   *
   * @param clientContext the JSON for {@code Lambda-Runtime-Client-Context}, or null for none
   * @param timeout the function's, from which follows the deadline that it sees
   * @throws TimeoutException when nobody has taken the event for a minute
   */
  public Invocation invoke(byte[] event, String clientContext, Duration timeout)
      throws TimeoutException, InterruptedException {
    PendingCall call = new PendingCall(UUID.randomUUID().toString(), event, clientContext, timeout);
    pending.put(call.requestId, call);
    queue.add(call);
    if (ended != null) {
      call.exited(ended);
    }
    try {
      await(call.taken, MAX_QUEUE_TIME);
      try {
        await(call.answer, timeout);
      } catch (TimeoutException e) {
        call.timedOut();
      }
      return call.answer.join();
    } finally {
      queue.remove(call);
      pending.remove(call.requestId);
    }
  }

  /** Says that the runtime has ended, so that nobody waits for it: its open calls fail at once. */
  public void runtimeEnded(String how) {
    ended = how;
    initialized.completeExceptionally(
        new IllegalStateException("Runtime exited during init: " + how));
    pending.values().forEach(call -> call.exited(how));
  }

  @Override
  public void close() {
    runtimeEnded("closed");
    server.stop(0);
    threads.shutdownNow(); // pollers wait in the queue without limit, as on Lambda
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath().substring(ROOT.length());
      switch (exchange.getRequestMethod() + " " + path) {
        case "GET invocation/next" -> next(exchange);
        // SnapStart: the snapshot was taken and restored in the time between request and answer.
        case "GET restore/next" -> send(exchange, 200, new byte[0]);
        case "POST init/error", "POST restore/error" -> {
          String error = "Function failed to initialize: " + new String(body, UTF_8);
          initialized.completeExceptionally(new IllegalStateException(error));
          send(exchange, 202, OK.getBytes(UTF_8));
        }
        default -> answer(exchange, path.split("/", -1), body);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed; the poller sees its connection end
    }
  }

  private void next(HttpExchange exchange) throws IOException, InterruptedException {
    initialized.complete(null);
    PendingCall call = queue.take();
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "application/json");
    headers.set("Lambda-Runtime-Aws-Request-Id", call.requestId);
    headers.set("Lambda-Runtime-Invoked-Function-Arn", functionArn);
    headers.set("Lambda-Runtime-Trace-Id", call.traceId());
    if (call.clientContext != null) {
      // The server writes headers in ISO 8859-1; this way UTF-8 bytes reach the wire.
      headers.set(
          "Lambda-Runtime-Client-Context",
          new String(call.clientContext.getBytes(UTF_8), ISO_8859_1));
    }
    long deadline = System.currentTimeMillis() + call.timeout.toMillis();
    headers.set("Lambda-Runtime-Deadline-Ms", Long.toString(deadline));
    call.handOver();
    send(exchange, 200, call.event);
  }

  /** Takes {@code invocation/<id>/response} and {@code invocation/<id>/error}. */
  private void answer(HttpExchange exchange, String[] path, byte[] body) throws IOException {
    boolean known = exchange.getRequestMethod().equals("POST")
        && path.length == 3
        && path[0].equals("invocation")
        && (path[2].equals("response") || path[2].equals("error"));
    PendingCall call = known ? pending.get(path[1]) : null;
    if (!known) {
      send(exchange, 404, "{\"errorType\":\"NotFound\"}".getBytes(UTF_8));
    } else if (call == null) {
      send(exchange, 400, "{\"errorType\":\"InvalidRequestID\"}".getBytes(UTF_8));
    } else if (call.answer.isDone()) {
      // As AWS's own emulator does. Java's client reports an answer that was too large once more,
      // as an error; being refused here ends its process.
      send(exchange, 403, "{\"errorType\":\"InvalidStateTransition\"}".getBytes(UTF_8));
    } else if (body.length > MAX_RESPONSE_BYTES) {
      call.tooLarge(MAX_RESPONSE_BYTES);
      send(exchange, 413, "{\"errorType\":\"RequestEntityTooLarge\"}".getBytes(UTF_8));
    } else {
      call.answered(body, path[2].equals("error") ? errorType(exchange) : null);
      send(exchange, 202, OK.getBytes(UTF_8));
    }
  }

  private static String errorType(HttpExchange exchange) {
    String type = exchange.getRequestHeaders().getFirst("Lambda-Runtime-Function-Error-Type");
    return type == null ? "Unhandled" : type;
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private static void await(CompletableFuture<?> future, Duration limit)
      throws TimeoutException, InterruptedException {
    try {
      future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new TimeoutException("Nothing has happened for " + limit);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause()); // nothing here fails these futures
    }
  }
}
