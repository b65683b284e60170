package dev.statelessmcp.stdio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
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
import dev.statelessmcp.protocol.LogLevel;
import dev.statelessmcp.subscription.ChangeFeed;
import dev.statelessmcp.transport.Admission;
import dev.statelessmcp.transport.CancellationSource;
import dev.statelessmcp.transport.ClientRequests;
import dev.statelessmcp.transport.LegacyClient;
import dev.statelessmcp.transport.LegacyConnection;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** One pair of streams: what is in flight on it, and what a legacy client said at its beginning. */
final class Connection implements LegacyConnection {
  /** How long handlers may take to end once they were interrupted. */
  private static final Duration AFTER_INTERRUPT = Duration.ofMillis(500);

  private static final int MAX_SUBSCRIPTIONS = 64;

  private final McpServer server;
  private final JsonRpcCodec codec;
  private final OutputStream out;
  private final Object writing = new Object();
  private final ExecutorService threads = CallThreads.newExecutor();
  private final Semaphore places;
  private final Set<StdioExchange> inFlight = ConcurrentHashMap.newKeySet();
  private final CountDownLatch end = new CountDownLatch(1);
  private final Semaphore subscriptionPlaces = new Semaphore(MAX_SUBSCRIPTIONS);
  private final ClientRequests requests = new ClientRequests();
  private final CancellationSource ending = new CancellationSource();
  private final Set<String> subscriptions = ConcurrentHashMap.newKeySet();
  private volatile LogLevel logLevel = LogLevel.INFO;
  private volatile LegacyClient client = LegacyClient.UNKNOWN;
  private ChangeFeed.Registration changes; // guarded by this

  Connection(McpServer server, JsonLimits limits, int maxConcurrentCalls, OutputStream out) {
    this.server = server;
    this.codec = new JsonRpcCodec(limits);
    this.places = new Semaphore(maxConcurrentCalls);
    this.out = out;
  }

  LegacyClient client() {
    return client;
  }

  Cancellation ending() {
    return ending;
  }

  void initialized(LegacyClient agreed) {
    client = agreed;
    synchronized (this) {
      if (changes == null) {
        changes = server.attach(this);
      }
    }
  }

  @Override
  public void push(JsonRpcMessage.Notification notification) {
    write(notification);
  }

  @Override
  public JsonRpcMessage.Response request(
      String method, ObjectNode params, Cancellation cancellation) throws InterruptedException {
    return requests.send(method, params, cancellation, this::write);
  }

  @Override
  public LogLevel logLevel() {
    return logLevel;
  }

  @Override
  public void setLogLevel(LogLevel level) {
    logLevel = level;
  }

  @Override
  public Set<String> subscriptions() {
    return subscriptions;
  }

  /** Takes one line; never blocks for a call to end. */
  void receive(byte[] line) {
    if (end.getCount() == 0) {
      return;
    }
    try {
      JsonRpcPayload payload = codec.read(line);
      if (payload instanceof JsonRpcMessage.Request request) {
        start(request);
      } else if (payload instanceof JsonRpcPayload.Batch batch) {
        start(batch);
      } else if (payload instanceof JsonRpcMessage.Notification notification) {
        notified(notification);
      } else if (payload instanceof JsonRpcMessage.Response response) {
        requests.answered(response);
      }
    } catch (MalformedMessageException e) {
      if (!e.isNotification()) {
        write(e.failure());
      }
    }
  }

  /** Says that a message was not even read. */
  void refuse(String why) {
    write(failure(null, ErrorCode.INVALID_REQUEST, "Invalid request: " + why));
  }

  private void start(JsonRpcMessage.Request request) {
    if (request.method().equals("initialize") || request.method().equals("ping")) {
      // Done in a moment; and what follows initialize depends on it
      write(server.handle(request, new StdioExchange(this, request.id())));
      return;
    }
    StdioExchange exchange = new StdioExchange(this, request.id());
    Admission admission = server.admit(Era.of(request, null), request, exchange);
    if (admission instanceof Admission.Refused refused) {
      write(refused.failure());
      return;
    }
    Admission.Admitted admitted = (Admission.Admitted) admission;
    Semaphore wanted = admitted.longLived() ? subscriptionPlaces : places;
    if (!wanted.tryAcquire()) {
      write(busy(request.id()));
      return;
    }
    inFlight.add(exchange); // before the next line is read, which may cancel it
    threads.execute(() -> {
      JsonRpcMessage.Response answer = internalError(request.id());
      try {
        answer = admitted.call().get();
      } finally { // also where the heap is exhausted, which leaves as an error
        wanted.release(); // before the answer: who has one may call again
        Thread.interrupted(); // left by a handler; it would close a channel
        if (admitted.longLived()) {
          exchange.answerSubscription(answer);
        } else {
          exchange.answer(answer);
        }
        ended(exchange);
      }
    });
  }

  private void start(JsonRpcPayload.Batch batch) {
    for (JsonNode element : batch.elements()) {
      try {
        if (JsonRpcCodec.message(element) instanceof JsonRpcMessage.Notification notification) {
          notified(notification);
        }
      } catch (MalformedMessageException e) {
        // answered with the others
      }
    }
    if (!places.tryAcquire()) {
      write(busy(null));
      return;
    }
    threads.execute(() -> {
      StdioExchange exchange = new StdioExchange(this, null);
      Optional<JsonNode> answer;
      try {
        answer = server.handle(batch, exchange);
      } finally {
        places.release();
        exchange.elements().forEach(this::ended);
      }
      answer.ifPresent(a -> writeLine(Json.write(a)));
    });
  }

  /** Notes that a request is being served, so that it can be cancelled. */
  StdioExchange begin(RequestId id) {
    StdioExchange exchange = new StdioExchange(this, id);
    inFlight.add(exchange);
    return exchange;
  }

  void ended(StdioExchange exchange) {
    inFlight.remove(exchange);
  }

  private static JsonRpcMessage.Failure internalError(RequestId id) {
    return failure(id, ErrorCode.INTERNAL_ERROR, "Internal error");
  }

  private static JsonRpcMessage.Failure busy(RequestId id) {
    return failure(
        id, ErrorCode.INTERNAL_ERROR, "The server is busy; the setting is maxConcurrentCalls");
  }

  private static JsonRpcMessage.Failure failure(RequestId id, int code, String message) {
    return new JsonRpcMessage.Failure(id, new JsonRpcError(code, message));
  }

  /** "Invalid cancellation notifications SHOULD be ignored", and so are unknown notifications. */
  private void notified(JsonRpcMessage.Notification notification) {
    if (notification.method().equals("notifications/cancelled")) {
      RequestId id = RequestId.from(notification.params().get("requestId"));
      for (StdioExchange exchange : inFlight) {
        if (exchange.id().equals(id)) {
          exchange.cancel();
        }
      }
    }
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
        // The client does not listen any more: nobody waits for anything. Only the cancellation:
        // the
        // monitor of another exchange must not be waited for while this thread holds one.
        end();
        inFlight.forEach(StdioExchange::cancelQuietly);
      }
    }
  }

  /** Nothing is received any more, or nothing can be sent. */
  void end() {
    end.countDown();
  }

  void awaitEnd() {
    try {
      end.await();
    } catch (InterruptedException e) { // whoever interrupts the transport wants it to end
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Lets answers in flight be written, and then interrupts their handlers.
   *
   * @param grace how long they may take
   */
  void finish(Duration grace) {
    threads.shutdown();
    ending.cancel();
    requests.close();
    synchronized (this) {
      if (changes != null) {
        changes.close();
      }
    }
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
    inFlight.forEach(StdioExchange::cancel);
    threads.shutdownNow();
  }
}
