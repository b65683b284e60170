package dev.statelessmcp.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.jsonrpc.JsonRpcCodec;
import dev.statelessmcp.jsonrpc.JsonRpcError;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.JsonRpcPayload;
import dev.statelessmcp.jsonrpc.MalformedMessageException;
import dev.statelessmcp.jsonrpc.RequestId;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.protocol.LogLevel;
import dev.statelessmcp.subscription.ChangeFeed;
import dev.statelessmcp.transport.CancellationSource;
import dev.statelessmcp.transport.ClientRequests;
import dev.statelessmcp.transport.LegacyClient;
import dev.statelessmcp.transport.LegacyConnection;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * What is kept of one legacy client between its requests. As a connection it is the one that
 * changes are pushed to; what a call sees is its {@link LegacySessionExchange}.
 */
final class LegacySession implements LegacyConnection {
  private final String id;
  private final String principal;
  private final LegacySessions settings;
  private final ClientRequests requests = new ClientRequests();
  private final Semaphore questions;
  private final Set<String> subscriptions = new ResourceSubscriptions();
  private volatile LogLevel logLevel = LogLevel.INFO;
  private volatile LegacyClient client = LegacyClient.UNKNOWN;
  private volatile LegacyEventStream stream; // written under this

  // Guarded by this
  private final Set<Call> inFlight = new LinkedHashSet<>();
  private ChangeFeed.Registration changes;
  private Instant lastUsed;
  private boolean ended;

  /**
   * A call in flight.
   *
   * @param id null for a batch as a whole
   */
  record Call(RequestId id, CancellationSource cancellation) {}

  LegacySession(String id, String principal, LegacySessions settings) {
    this.id = id;
    this.principal = principal;
    this.settings = settings;
    this.questions = new Semaphore(settings.maxQuestions());
    this.lastUsed = now();
  }

  String id() {
    return id;
  }

  /** Who has begun it, and alone may use it. */
  String principal() {
    return principal;
  }

  LegacyClient client() {
    return client;
  }

  void initialized(LegacyClient agreed) {
    client = agreed;
  }

  Instant now() {
    return settings.clock().instant();
  }

  /** Whether something that happened then was too long ago. */
  boolean isPast(Instant then) {
    return then.plus(settings.idleExpiry()).isBefore(now());
  }

  synchronized void touch() {
    lastUsed = now();
  }

  /** A client that listens, or waits for an answer, is not idle however long it lasts. */
  synchronized boolean isExpired() {
    return ended || (inFlight.isEmpty() && stream == null && isPast(lastUsed));
  }

  /** Takes in a call; false if the session has ended meanwhile. */
  synchronized boolean enter(Call call) {
    return !ended && inFlight.add(call);
  }

  synchronized void leave(List<Call> calls) {
    calls.forEach(inFlight::remove);
    lastUsed = now();
  }

  /** Takes a message that is not to be answered: the client's answer, or a notification. */
  void receive(JsonRpcPayload payload) {
    if (payload instanceof JsonRpcMessage.Response response) {
      requests.answered(response);
    } else if (payload instanceof JsonRpcMessage.Notification notification) {
      notified(notification);
    } else if (payload instanceof JsonRpcPayload.Batch batch && client.version().hasBatches()) {
      for (JsonNode element : batch.elements()) {
        try {
          receive(JsonRpcCodec.message(element));
        } catch (MalformedMessageException e) {
          // What is wrong with it is said in the answer to the batch
        }
      }
    }
  }

  /** "Invalid cancellation notifications SHOULD be ignored", and so are unknown notifications. */
  private void notified(JsonRpcMessage.Notification notification) {
    RequestId cancelled = notification.method().equals("notifications/cancelled")
        ? RequestId.from(notification.params().get("requestId"))
        : null;
    if (cancelled != null) {
      for (Call call : inFlight()) {
        if (cancelled.equals(call.id)) {
          call.cancellation.cancel(); // outside the lock: it runs what handlers registered
        }
      }
    }
  }

  private synchronized List<Call> inFlight() {
    return List.copyOf(inFlight);
  }

  /** Asks the client something, in the stream of a call. */
  JsonRpcMessage.Response ask(
      String method, ObjectNode params, Cancellation call, Consumer<JsonRpcMessage> out)
      throws InterruptedException {
    if (!questions.tryAcquire()) {
      return unanswered(null, "too many questions are open; the setting is maxQuestions");
    }
    try {
      return requests.send(method, params, call, out);
    } finally {
      questions.release();
    }
  }

  /** Ends the waiting for one answer. */
  void giveUp(RequestId question, String why) {
    requests.answered(unanswered(question, why));
  }

  static JsonRpcMessage.Failure unanswered(RequestId question, String why) {
    return new JsonRpcMessage.Failure(question, new JsonRpcError(ErrorCode.INTERNAL_ERROR, why));
  }

  /**
   * Pushes changes into a stream from now on, and into no other: "the server MUST send each of its
   * JSON-RPC messages on only one of the connected streams". The stream that was there before ends.
   * The revisions do not say which of two should win; a client that reconnects is better served
   * than refused, since it may be long until the server notices that the old one is dead.
   *
   * @return false if the session has ended meanwhile
   */
  boolean listen(LegacyEventStream next, McpServer server) {
    LegacyEventStream before;
    synchronized (this) {
      if (ended) {
        return false;
      }
      before = stream;
      stream = next;
      if (changes == null) {
        changes = server.attach(this);
      }
    }
    if (before != null) {
      before.end();
    }
    return true;
  }

  /** Changes are heard of only as long as there is a stream to tell them in. */
  synchronized void unlisten(LegacyEventStream old) {
    if (stream == old) {
      stream = null;
      stopChanges();
      lastUsed = now();
    }
  }

  private void stopChanges() {
    if (changes != null) {
      changes.close();
      changes = null;
    }
  }

  /** Ends the stream and the calls, which are not answered. */
  void end() {
    LegacyEventStream listening;
    synchronized (this) {
      ended = true;
      listening = stream;
      stopChanges();
    }
    if (listening != null) {
      listening.end();
    }
    inFlight().forEach(call -> call.cancellation.cancel());
    requests.close();
  }

  @Override
  public void push(JsonRpcMessage.Notification notification) {
    LegacyEventStream listening = stream;
    if (listening != null) {
      listening.push(notification);
    }
  }

  /** Requests "SHOULD relate to the originating client request", and here there is none. */
  @Override
  public JsonRpcMessage.Response request(
      String method, ObjectNode params, Cancellation cancellation) {
    return unanswered(null, "only a call can ask the client");
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
}
