package dev.statelessmcp.stdio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.json.JsonLimits;
import dev.statelessmcp.jsonrpc.JsonRpcCodec;
import dev.statelessmcp.jsonrpc.JsonRpcError;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.JsonRpcPayload;
import dev.statelessmcp.jsonrpc.MalformedMessageException;
import dev.statelessmcp.jsonrpc.RequestId;
import dev.statelessmcp.protocol.Era;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.protocol.McpException;
import dev.statelessmcp.protocol.RequestMeta;
import dev.statelessmcp.transport.Admission;
import dev.statelessmcp.transport.CancellationSource;
import dev.statelessmcp.transport.LegacyConnection;
import dev.statelessmcp.transport.ServerPort;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One pair of streams: the calls in flight on it, and how it ends. */
final class Connection extends LegacyConnection {
  /** How long handlers may take to end once they were interrupted. */
  private static final Duration AFTER_INTERRUPT = Duration.ofMillis(500);

  private static final int MAX_OPEN_SUBSCRIPTIONS = 64;

  private final ServerPort server;
  private final JsonRpcCodec codec;
  private final OutputStream out;
  private final Object writing = new Object();
  private final ExecutorService threads = CallThreads.newExecutor();
  private final Semaphore calls;
  private final Semaphore subscriptions = new Semaphore(MAX_OPEN_SUBSCRIPTIONS);
  private final CountDownLatch end = new CountDownLatch(1);
  private final CancellationSource ending = new CancellationSource();

  Connection(ServerPort server, JsonLimits limits, int maxConcurrentCalls, OutputStream out) {
    this.server = server;
    this.codec = new JsonRpcCodec(limits);
    this.calls = new Semaphore(maxConcurrentCalls);
    this.out = out;
  }

  Cancellation ending() {
    return ending;
  }

  @Override
  public void push(JsonRpcMessage.Notification notification) {
    write(notification);
  }

  void startChanges() {
    startChanges(server);
  }

  JsonRpcMessage.Response ask(String method, ObjectNode params, Cancellation call)
      throws InterruptedException {
    return request(method, params, call, this::write);
  }

  /** Takes one line; never blocks until a call ends. */
  void receiveLine(byte[] line) {
    if (end.getCount() == 0) {
      return;
    }
    try {
      JsonRpcPayload payload = codec.read(line);
      if (payload instanceof JsonRpcMessage.Request request) {
        start(request);
      } else if (payload instanceof JsonRpcPayload.Batch batch) {
        start(batch);
      } else {
        receive(payload);
        if (payload instanceof JsonRpcMessage.Notification notification) {
          Era era =
              RequestMeta.isModern(notification.params().get("_meta")) ? Era.MODERN : Era.LEGACY;
          server.notified(era, notification, new StdioExchange(this));
        }
      }
    } catch (MalformedMessageException e) {
      if (!e.isNotification()) {
        refused(e.failure());
      }
    }
  }

  /** Answers a message that is too long to be read. */
  void refuse(String why) {
    refused(failure(null, ErrorCode.INVALID_REQUEST, "Invalid request: " + why));
  }

  private void refused(JsonRpcMessage.Failure failure) {
    JsonRpcError error = failure.error();
    server.refused(
        Era.LEGACY,
        new McpException(error.code(), error.message(), error.data()),
        new StdioExchange(this));
    write(failure);
  }

  private void start(JsonRpcMessage.Request request) {
    StdioExchange exchange = new StdioExchange(this);
    Admission admission = server.admit(server.eraOf(request, null), request, exchange);
    if (admission.isRefused()
        || request.method().equals("initialize")
        || request.method().equals("ping")) {
      // Done in a moment; and what follows initialize depends on it
      write(admission.run());
      return;
    }
    Semaphore limit = admission.isLongLived() ? subscriptions : calls;
    if (!limit.tryAcquire()) {
      write(admission.refuse(busy()));
      return;
    }
    // Before the next line is read, which may cancel it
    begin(exchange.cancellation(), request.id());
    threads.execute(() -> {
      JsonRpcMessage.Response answer =
          failure(request.id(), ErrorCode.INTERNAL_ERROR, "Internal error");
      try {
        answer = admission.run();
      } finally { // also where the heap is exhausted, which leaves as an error
        limit.release(); // before the answer: a client that has one may call again
        Thread.interrupted(); // an interrupt that a handler left would close a channel
        if (admission.isLongLived()) {
          exchange.answerSubscription(answer);
        } else {
          exchange.answer(answer);
        }
        end(exchange.cancellation());
      }
    });
  }

  private void start(JsonRpcPayload.Batch batch) {
    for (JsonNode element : batch.elements()) {
      try {
        if (JsonRpcCodec.message(element) instanceof JsonRpcMessage.Notification notification) {
          receive(notification);
        }
      } catch (MalformedMessageException e) {
        // The answer to the batch reports it
      }
    }
    if (!calls.tryAcquire()) {
      JsonRpcError error = busy().error();
      refused(new JsonRpcMessage.Failure(null, error));
      return;
    }
    threads.execute(() -> {
      Optional<JsonNode> answer;
      try {
        answer = server.serve(batch, new StdioExchange(this));
      } finally {
        calls.release();
      }
      answer.ifPresent(a -> writeLine(Json.write(a)));
    });
  }

  private static McpException busy() {
    return new McpException(
        ErrorCode.INTERNAL_ERROR, "The server is busy; the setting is maxConcurrentCalls");
  }

  private static JsonRpcMessage.Failure failure(@Nullable RequestId id, int code, String message) {
    return new JsonRpcMessage.Failure(id, new JsonRpcError(code, message));
  }

  void write(JsonRpcMessage message) {
    writeLine(JsonRpcCodec.write(message));
  }

  /** Lines of several threads never mix. */
  private void writeLine(byte[] json) {
    byte[] line = new byte[json.length + 1];
    System.arraycopy(json, 0, line, 0, json.length);
    line[json.length] = '\n';
    synchronized (writing) {
      try {
        out.write(line);
        out.flush();
      } catch (IOException e) {
        end(); // the client has closed the pipe, so nobody waits for an answer
        cancelCalls();
      }
    }
  }

  /** Nothing more is received, or nothing more can be sent. */
  void end() {
    end.countDown();
  }

  void awaitEnd() {
    try {
      end.await();
    } catch (InterruptedException e) { // a request to end the transport
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Waits for the answers in flight to be written, and then interrupts their handlers.
   *
   * @param grace how long they may take
   */
  void finish(Duration grace) {
    threads.shutdown();
    ending.cancel();
    endInput();
    boolean interrupted = Thread.interrupted();
    try {
      if (interrupted || !threads.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS)) {
        abandon();
        threads.awaitTermination(AFTER_INTERRUPT.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      abandon();
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void abandon() {
    cancelCalls();
    threads.shutdownNow();
  }
}
