package dev.statelessmcp.http;

import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.jsonrpc.JsonRpcCodec;
import dev.statelessmcp.jsonrpc.JsonRpcError;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.JsonRpcPayload;
import dev.statelessmcp.protocol.Era;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.protocol.RequestMeta;
import dev.statelessmcp.transport.CancellationSource;
import dev.statelessmcp.transport.Exchange;
import dev.statelessmcp.transport.FailureLog;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request that is being served over HTTP. The answer is JSON, or an event stream if a message
 * must be sent before it.
 */
class ReplyExchange implements Exchange {
  private final Incoming incoming;
  private final RequestMeta client;
  private final Era era;
  private final boolean takesJson;
  private final boolean takesEvents;
  final CancellationSource cancellation = new CancellationSource();

  // Guarded by this
  private HttpReply.@Nullable Stream stream;
  private boolean done;
  private int chosenStatus; // 0 for that of StatusRules
  private Map<String, String> chosenHeaders = Map.of();

  ReplyExchange(Incoming incoming, RequestMeta client, Era era) {
    this.incoming = incoming;
    this.client = client;
    this.era = era;
    this.takesJson = MediaTypes.accepts(incoming.accept(), MediaTypes.JSON);
    this.takesEvents = MediaTypes.accepts(incoming.accept(), MediaTypes.EVENT_STREAM);
  }

  @Override
  public RequestMeta legacyClient() {
    return client;
  }

  @Override
  public Caller caller() {
    return incoming.caller();
  }

  @Override
  public List<String> requiredScopes() {
    return incoming.authenticator().requiredScopes();
  }

  @Override
  public String scopeChallenge(List<String> scopes) {
    return incoming.authenticator().scopeChallenge(incoming.request(), scopes);
  }

  @Override
  public Cancellation cancellation() {
    return cancellation;
  }

  @Override
  public boolean isLive() {
    return incoming.reply().isLive() && takesEvents;
  }

  @Override
  public Cancellation ending() {
    return incoming.reply().ending();
  }

  @Override
  public Map<String, List<String>> headers() {
    return incoming.request().headers().asMap();
  }

  @Override
  public Optional<Instant> deadline() {
    return incoming.reply().deadline();
  }

  @Override
  public Attributes attributes() {
    return incoming.request().attributes();
  }

  @Override
  public String transport() {
    return incoming.reply().transport();
  }

  @Override
  public synchronized void answerWith(int status, Map<String, String> headers) {
    chosenStatus = status;
    chosenHeaders = headers;
  }

  @Override
  public void send(JsonRpcMessage.Notification notification) {
    post(notification);
  }

  /** Sends a message before the answer; returns false if the client has disconnected. */
  final boolean post(JsonRpcMessage message) {
    return takesEvents && stream(ServerSentEvents.event(message));
  }

  /** Sends a heartbeat; returns false if the client has disconnected. */
  final boolean comment() {
    return takesEvents && stream(ServerSentEvents.comment());
  }

  private boolean stream(byte[] bytes) {
    boolean gone;
    synchronized (this) {
      if (done) {
        return false;
      }
      gone = !write(bytes);
    }
    if (gone) {
      // Not under the lock: the action may wait for a handler that waits for the lock
      clientGone();
    }
    return !gone;
  }

  /**
   * Sends a waiting modern client a heartbeat, to detect that it has disconnected: "The server MUST
   * treat a client disconnect as cancellation of that request", and a server detects it only when
   * it writes.
   */
  void beat() {
    if (era == Era.MODERN) {
      comment();
    }
  }

  /**
   * Called when a write has failed. Cancels a modern request; a legacy disconnect "SHOULD NOT be
   * interpreted as the client cancelling its request".
   */
  void clientGone() {
    if (era == Era.MODERN) {
      cancellation.cancel();
    }
  }

  /** Answers instead of a handler that took too long, and cancels the handler. */
  final void expire(byte[] body) {
    try {
      finish(200, body);
    } catch (IOException e) {
      // The client has disconnected too
    } finally {
      cancellation.cancel(); // after the answer, which it would have suppressed
    }
  }

  /** Takes the notifications and responses of a batch; ignored without a session. */
  void receive(JsonRpcPayload.Batch batch) {}

  /** Called when the request has been served, successfully or not. */
  void close() {}

  /** Sends the answer, which ends the reply. */
  void finish(int status, JsonRpcMessage.Response response) throws IOException {
    finish(status, written(response));
  }

  /** The answer as bytes; an error with its id if there is not enough memory for it. */
  private byte[] written(JsonRpcMessage.Response response) {
    try {
      return JsonRpcCodec.write(response);
    } catch (RuntimeException | Error e) {
      FailureLog.log(attributes(), "An answer could not be written", e);
      JsonRpcError error = new JsonRpcError(ErrorCode.INTERNAL_ERROR, "Internal error");
      return JsonRpcCodec.write(new JsonRpcMessage.Failure(response.id(), error));
    }
  }

  /** Sends the answer as JSON, which ends the reply. */
  synchronized void finish(int status, byte[] body) throws IOException {
    if (done) {
      return; // the client has disconnected
    }
    if (cancellation.isCancelled()) {
      finishCancelled();
    } else if (stream == null && (takesJson || status != 200 || chosenStatus != 0)) {
      // the status of a stream is always 200
      done = true;
      HttpHeaders.Builder headers = replyHeaders().add("Content-Type", MediaTypes.JSON);
      for (Map.Entry<String, String> header : chosenHeaders.entrySet()) {
        headers.add(header.getKey(), header.getValue());
      }
      incoming.reply().send(chosenStatus != 0 ? chosenStatus : status, headers.build(), body);
    } else {
      done = true;
      begin().end(ServerSentEvents.event(body));
    }
  }

  /**
   * "Not send a response for the cancelled request": sends a stream without an answer, because the
   * server "MUST either return Content-Type: text/event-stream" or JSON.
   *
   * @see <a
   *     href="https://modelcontextprotocol.io/specification/2025-11-25/basic/utilities/cancellation#behavior-requirements">Behavior
   *     Requirements</a>
   */
  private void finishCancelled() throws IOException {
    if (takesEvents) {
      begin();
    }
    finish();
  }

  /** Ends without an answer. */
  synchronized void finish() throws IOException {
    if (!done) {
      done = true;
      if (stream == null) {
        incoming.answer(202);
      } else {
        stream.close();
      }
    }
  }

  HttpHeaders.Builder replyHeaders() {
    return incoming.replyHeaders();
  }

  private HttpReply.Stream begin() throws IOException {
    if (stream == null) {
      HttpHeaders.Builder headers = replyHeaders();
      ServerSentEvents.addHeaders(headers);
      stream = incoming.reply().stream(200, headers.build());
    }
    return stream;
  }

  /** Writes to the client; returns false if it has disconnected. */
  private boolean write(byte[] bytes) {
    try {
      begin().write(bytes);
      return true;
    } catch (IOException e) {
      done = true;
      return false;
    }
  }
}
