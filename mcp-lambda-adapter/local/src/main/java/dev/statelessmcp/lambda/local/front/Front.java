package dev.statelessmcp.lambda.local.front;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.statelessmcp.lambda.local.Environments;
import dev.statelessmcp.lambda.local.InvocationResult;
import dev.statelessmcp.lambda.local.ThrottledException;
import dev.statelessmcp.lambda.local.event.ClientRequest;
import dev.statelessmcp.lambda.local.event.EventFormat;
import dev.statelessmcp.lambda.local.event.Failure;
import dev.statelessmcp.lambda.local.event.GatewayResponse;
import dev.statelessmcp.lambda.local.event.MalformedAnswerException;
import dev.statelessmcp.lambda.local.http.HttpExchange;
import dev.statelessmcp.lambda.local.http.HttpListener;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** One function behind one service, on a port of 127.0.0.1. */
public final class Front implements AutoCloseable {
  /** The service's limit for an event. */
  private static final int MAX_EVENT_BYTES = 6 * 1024 * 1024;

  private static final int MAX_LOGGED_CHARS = 2_000;

  private final EventFormat format;
  private final Environments function;
  private final Consumer<String> log;
  private final boolean stream;
  private final Optional<Duration> integrationTimeout;
  private final HttpListener listener;
  private final ExecutorService calls = Executors.newCachedThreadPool(task -> {
    Thread thread = new Thread(task, "invoke");
    thread.setDaemon(true);
    return thread;
  });

  private volatile boolean closed;

  private Front(
      EventFormat format,
      Environments function,
      int port,
      boolean stream,
      Optional<Duration> integrationTimeout,
      Consumer<String> log)
      throws IOException {
    this.format = format;
    this.function = function;
    this.stream = stream;
    this.integrationTimeout = integrationTimeout;
    this.log = log;
    listener = HttpListener.start("front", port, this::handle);
  }

  /**
   * Starts to listen. The caller must close the function's environments.
   *
   * @param port 0 for a free one
   * @param stream whether answers are passed on while they are made
   * @param log takes a line for each answer that is not the function's, with the reason
   * @throws IOException when the port cannot be had
   */
  public static Front start(
      EventFormat format, Environments function, int port, boolean stream, Consumer<String> log)
      throws IOException {
    // A stream may take as long as the function.
    Optional<Duration> timeout = stream ? Optional.empty() : format.integrationTimeout();
    return new Front(format, function, port, stream, timeout, log);
  }

  /** With another integration timeout, so that a test need not wait for it. */
  static Front start(
      EventFormat format, Environments function, Duration timeout, Consumer<String> log)
      throws IOException {
    return new Front(format, function, 0, false, Optional.of(timeout), log);
  }

  /** The port that is listened on. */
  public int port() {
    return listener.port();
  }

  @Override
  public void close() {
    closed = true; // connections that are closed now need no reason
    listener.close();
    calls.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException, InterruptedException {
    byte[] body = exchange.body().readNBytes(format.maxRequestBytes() + 1);
    Optional<ClientRequest> request = request(exchange, body);
    if (request.isEmpty()) {
      exchange.send(400, List.of(), new byte[0]);
    } else if (body.length > format.maxRequestBytes()) {
      fail(exchange, Failure.REQUEST_TOO_LARGE, "more than " + format.maxRequestBytes() + " bytes");
    } else {
      Optional<GatewayResponse> refusal = format.refusal(request.get());
      if (refusal.isPresent()) {
        send(exchange, refusal.get(), "refused before it reached the function");
      } else {
        call(exchange, request.get());
      }
    }
  }

  private static Optional<ClientRequest> request(HttpExchange exchange, byte[] body) {
    // A client that thinks this is its proxy sends scheme and host too.
    String target = exchange.target().replaceFirst("^[hH][tT][tT][pP]://[^/?]*(?=/)", "");
    if (!target.startsWith("/")) {
      return Optional.empty();
    }
    int mark = target.indexOf('?');
    return Optional.of(new ClientRequest(
        exchange.method(),
        mark < 0 ? target : target.substring(0, mark),
        mark < 0 ? null : target.substring(mark + 1),
        exchange.version(),
        exchange.headers(),
        exchange.headBytes(),
        body,
        exchange.remoteAddress().getAddress().getHostAddress(),
        exchange.localPort()));
  }

  private void call(HttpExchange exchange, ClientRequest request)
      throws IOException, InterruptedException {
    byte[] event = format.event(request);
    if (event.length > MAX_EVENT_BYTES) {
      fail(exchange, Failure.REQUEST_TOO_LARGE, "its event has " + event.length + " bytes");
      return;
    }
    StreamedReply reply = stream ? new StreamedReply(exchange, format) : null;
    Future<InvocationResult> running =
        calls.submit(() -> function.invoke(event, format.clientContext(request), reply));
    InvocationResult ended;
    try {
      ended = integrationTimeout.isPresent()
          ? running.get(integrationTimeout.get().toMillis(), TimeUnit.MILLISECONDS)
          : running.get();
    } catch (TimeoutException e) { // the function goes on, as on AWS
      fail(exchange, Failure.INTEGRATION_TIMEOUT, "no answer after " + integrationTimeout.get());
      return;
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof ThrottledException)) {
        throw new IllegalStateException(e.getCause());
      }
      fail(exchange, Failure.THROTTLED, "all execution environments are busy");
      return;
    }
    if (reply != null) {
      finish(exchange, reply, ended);
    } else if (ended.isError()) {
      send(exchange, format.functionError(ended.payload()), reason(ended));
    } else {
      answer(exchange, request, ended.payload());
    }
  }

  private void answer(HttpExchange exchange, ClientRequest request, byte[] payload)
      throws IOException {
    GatewayResponse answer;
    try {
      answer = format.answer(request, payload);
    } catch (MalformedAnswerException e) {
      fail(
          exchange,
          Failure.MALFORMED_ANSWER,
          "the function's result cannot be used: " + e.getMessage());
      return;
    }
    exchange.send(answer.status(), answer.headers(), answer.body());
  }

  private void finish(HttpExchange exchange, StreamedReply reply, InvocationResult ended)
      throws IOException {
    boolean begun = reply.end(ended.isError());
    if (begun && ended.isError()) {
      say(exchange, "cut in the middle of the stream: " + reason(ended));
    } else if (!begun && ended.isError()) {
      send(exchange, format.functionError(ended.payload()), reason(ended));
    } else if (!begun) {
      fail(exchange, Failure.MALFORMED_ANSWER, reply.problem());
    }
  }

  private void fail(HttpExchange exchange, Failure failure, String reason) throws IOException {
    send(exchange, format.failure(failure), reason);
  }

  private void send(HttpExchange exchange, GatewayResponse answer, String reason)
      throws IOException {
    say(exchange, answer.status() + ": " + reason);
    exchange.send(answer.status(), answer.headers(), answer.body());
  }

  private void say(HttpExchange exchange, String what) {
    String path = exchange.target().split("\\?", 2)[0]; // queries can have secrets
    if (closed) {
      return;
    }
    log.accept(exchange.method() + " " + path + ": " + what);
  }

  private static String reason(InvocationResult error) {
    String text = new String(error.payload(), UTF_8);
    return error.errorType() + " " + text.substring(0, Math.min(text.length(), MAX_LOGGED_CHARS));
  }
}
