package dev.statelessmcp.lambda.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.statelessmcp.lambda.local.http.Header;
import dev.statelessmcp.lambda.local.http.HttpExchange;
import dev.statelessmcp.lambda.local.http.HttpListener;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The service side of the Lambda Runtime API on a loopback port: passes events to the runtime that
 * polls it, and receives the answers, buffered or streamed. It does not start processes, so it can
 * also test a runtime in another language, in a container or in this JVM.
 *
 * <p>Thread-safe. One instance serves one execution environment, and cannot be reused after it has
 * ended.
 */
public final class RuntimeApiServer implements AutoCloseable {
  private static final String ROOT = "/2018-06-01/runtime/";
  private static final String OK = "{\"status\":\"OK\"}";
  private static final Duration MAX_QUEUE_TIME = Duration.ofSeconds(60);

  private final String functionArn;
  private final HttpListener server;
  private final BlockingQueue<PendingCall> queue = new LinkedBlockingQueue<>();
  private final Map<String, PendingCall> pending = new ConcurrentHashMap<>();
  private final CompletableFuture<Void> initialized = new CompletableFuture<>();
  private volatile @Nullable String ended;

  private RuntimeApiServer(String functionArn) throws IOException {
    this.functionArn = functionArn;
    server = HttpListener.start("runtime-api", 0, this::serve);
  }

  /**
   * Listens on a free port of 127.0.0.1.
   *
   * @param functionArn the ARN that the function sees
   * @return the running server; close it to stop listening
   * @throws IOException if it cannot listen
   */
  public static RuntimeApiServer start(String functionArn) throws IOException {
    return new RuntimeApiServer(functionArn);
  }

  /**
   * The value for {@code AWS_LAMBDA_RUNTIME_API}.
   *
   * @return host and port, separated by a colon
   */
  public String address() {
    return "127.0.0.1:" + server.port();
  }

  /**
   * A future that completes when the runtime first requests an event, which is the end of the init
   * phase. It fails with an {@link IllegalStateException} if the runtime reports an error or ends
   * before.
   *
   * @return the future, without a value
   */
  public CompletableFuture<Void> initialized() {
    return initialized;
  }

  /**
   * Passes an event to the next polling thread, and waits for its answer. If the runtime ends or
   * does not answer within the timeout, the result is the same error as on Lambda.
   *
   * @param event the payload, usually JSON; not null
   * @param clientContext the JSON for {@code Lambda-Runtime-Client-Context}, or null for none
   * @param timeout the timeout of the function, which sets the deadline that it sees
   * @return the result; never null
   * @throws TimeoutException if the runtime does not take the event within a minute
   * @throws InterruptedException if the thread is interrupted
   */
  public InvocationResult invoke(byte[] event, String clientContext, Duration timeout)
      throws TimeoutException, InterruptedException {
    return invoke(event, clientContext, timeout, null);
  }

  /**
   * Passes an event as the other method does, and passes the answer to a receiver piece by piece.
   * The result then has no payload, unless it is an error.
   *
   * @param event the payload, usually JSON; not null
   * @param clientContext the JSON for {@code Lambda-Runtime-Client-Context}, or null for none
   * @param timeout the timeout of the function, which sets the deadline that it sees
   * @param receiver receives the answer; null to return it as a whole
   * @return the result; never null
   * @throws TimeoutException if the runtime does not take the event within a minute
   * @throws InterruptedException if the thread is interrupted
   */
  public InvocationResult invoke(
      byte[] event,
      @Nullable String clientContext,
      Duration timeout,
      @Nullable ResponseReceiver receiver)
      throws TimeoutException, InterruptedException {
    PendingCall call =
        new PendingCall(UUID.randomUUID().toString(), event, clientContext, timeout, receiver);
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

  /**
   * Reports that the runtime has ended: its open calls fail immediately.
   *
   * @param how how it ended, for the error message
   */
  public void runtimeEnded(String how) {
    ended = how;
    initialized.completeExceptionally(
        new IllegalStateException("Runtime exited during init: " + how));
    pending.values().forEach(call -> call.exited(how));
  }

  @Override
  public void close() {
    runtimeEnded("closed");
    server.close(); // pollers wait in the queue without limit, as on Lambda
  }

  private void serve(HttpExchange exchange) throws IOException, InterruptedException {
    String target = exchange.target();
    String path = target.startsWith(ROOT) ? target.substring(ROOT.length()) : "";
    switch (exchange.method() + " " + path) {
      case "GET invocation/next" -> next(exchange);
      // SnapStart: the snapshot was taken and restored in the time between request and answer.
      case "GET restore/next" -> exchange.send(200, List.of(), new byte[0]);
      case "POST init/error", "POST restore/error" -> {
        String error = new String(exchange.body().readAllBytes(), UTF_8);
        initialized.completeExceptionally(
            new IllegalStateException("Function failed to initialize: " + error));
        reply(exchange, 202, OK);
      }
      default -> answer(exchange, path.split("/", -1));
    }
  }

  private void next(HttpExchange exchange) throws IOException, InterruptedException {
    initialized.complete(null);
    PendingCall call = queue.take();
    long deadline = System.currentTimeMillis() + call.timeout.toMillis();
    List<Header> headers = new ArrayList<>(List.of(
        new Header("Content-Type", "application/json"),
        new Header("Lambda-Runtime-Aws-Request-Id", call.requestId),
        new Header("Lambda-Runtime-Invoked-Function-Arn", functionArn),
        new Header("Lambda-Runtime-Trace-Id", call.traceId()),
        new Header("Lambda-Runtime-Deadline-Ms", Long.toString(deadline))));
    if (call.clientContext != null) {
      // A header's chars are bytes; this way UTF-8 reaches the wire.
      String bytes = new String(call.clientContext.getBytes(UTF_8), ISO_8859_1);
      headers.add(new Header("Lambda-Runtime-Client-Context", bytes));
    }
    call.handOver();
    exchange.send(200, headers, call.event);
  }

  /** Takes {@code invocation/<id>/response} and {@code invocation/<id>/error}. */
  private void answer(HttpExchange exchange, String[] path) throws IOException {
    boolean known = exchange.method().equals("POST")
        && path.length == 3
        && path[0].equals("invocation")
        && (path[2].equals("response") || path[2].equals("error"));
    PendingCall call = known ? pending.get(path[1]) : null;
    if (!known) {
      reply(exchange, 404, "{\"errorType\":\"NotFound\"}");
    } else if (call == null) {
      reply(exchange, 400, "{\"errorType\":\"InvalidRequestID\"}");
    } else if (!call.claim()) {
      // As AWS's own emulator does. Java's client reports an answer that was too large once more,
      // as an error; being refused here ends its process.
      reply(exchange, 403, "{\"errorType\":\"InvalidStateTransition\"}");
    } else if (new RuntimeAnswer(exchange, call).take(path[2].equals("error"))) {
      reply(exchange, 202, OK);
    } else {
      reply(exchange, 413, "{\"errorType\":\"RequestEntityTooLarge\"}");
    }
  }

  private static void reply(HttpExchange exchange, int status, String json) throws IOException {
    Header type = new Header("Content-Type", "application/json");
    exchange.send(status, List.of(type), json.getBytes(UTF_8));
  }

  private static void await(CompletableFuture<?> future, Duration limit)
      throws TimeoutException, InterruptedException {
    try {
      future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new TimeoutException("Nothing has happened for " + limit);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause()); // these futures do not fail
    }
  }
}
