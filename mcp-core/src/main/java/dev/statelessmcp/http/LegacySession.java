package dev.statelessmcp.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.jsonrpc.JsonRpcError;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.RequestId;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.transport.LegacyConnection;
import dev.statelessmcp.transport.ServerPort;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The session of a legacy client. */
final class LegacySession extends LegacyConnection {
  private final String id;
  private final String owner;
  private final LegacySessions settings;
  private final Semaphore questions;
  private volatile @Nullable LegacyEventStream stream; // written under this
  private Instant lastUsed; // guarded by this

  LegacySession(String id, String owner, LegacySessions settings) {
    super(settings.idleExpiry(), "idleExpiry");
    this.id = id;
    this.owner = owner;
    this.settings = settings;
    this.questions = new Semaphore(settings.maxQuestions());
    this.lastUsed = now();
  }

  String id() {
    return id;
  }

  /** The identity of the caller that created the session; no other caller may use it. */
  String owner() {
    return owner;
  }

  Instant now() {
    return settings.clock().instant();
  }

  Duration idleExpiry() {
    return settings.idleExpiry();
  }

  /** Whether a time is longer ago than the idle expiry. */
  boolean isPast(Instant then) {
    return Duration.between(then, now()).compareTo(settings.idleExpiry()) > 0;
  }

  synchronized void touch() {
    lastUsed = now();
  }

  @Override
  protected void ended() {
    touch();
  }

  /**
   * Whether the session has expired. A client that has an open stream or waits for an answer is not
   * idle.
   */
  synchronized boolean isExpired() {
    return isClosed() || (isIdle() && stream == null && isPast(lastUsed));
  }

  /** Asks the client a question, in the stream of a call. */
  JsonRpcMessage.Response ask(
      String method, ObjectNode params, Cancellation call, Consumer<JsonRpcMessage> out)
      throws InterruptedException {
    if (!questions.tryAcquire()) {
      return unanswered(null, "Too many questions are unanswered; the setting is maxQuestions");
    }
    try {
      return request(method, params, call, out);
    } finally {
      questions.release();
    }
  }

  /** Ends the wait for an answer. */
  void giveUp(RequestId question, String why) {
    receive(unanswered(question, why));
  }

  static JsonRpcMessage.Failure unanswered(@Nullable RequestId question, String why) {
    return new JsonRpcMessage.Failure(question, new JsonRpcError(ErrorCode.INTERNAL_ERROR, why));
  }

  /**
   * Pushes changes only into this stream from now on: "the server MUST send each of its JSON-RPC
   * messages on only one of the connected streams". The previous stream ends. The revisions do not
   * say which of two streams is used; the newer one is, because the server may detect late that the
   * old one of a client that reconnects is dead.
   *
   * @return false if the session has ended
   */
  boolean listen(LegacyEventStream next, ServerPort server) {
    LegacyEventStream before;
    synchronized (this) {
      if (isClosed()) {
        return false;
      }
      before = stream;
      stream = next;
      startChanges(server);
    }
    if (before != null) {
      before.end();
    }
    return true;
  }

  /** Removes a stream, and stops pushing changes if it was the current one. */
  synchronized void unlisten(LegacyEventStream old) {
    if (stream == old) {
      stream = null;
      stopChanges();
      lastUsed = now();
    }
  }

  /** Ends the stream, and cancels the calls. */
  void end() {
    close();
    LegacyEventStream listening = stream;
    if (listening != null) {
      listening.end();
    }
  }

  @Override
  public void push(JsonRpcMessage.Notification notification) {
    LegacyEventStream listening = stream;
    if (listening != null) {
      listening.push(notification);
    }
  }
}
