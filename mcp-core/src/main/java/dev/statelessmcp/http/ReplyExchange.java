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
 * One request being served over HTTP: JSON until something must be sent before the answer, an event
 * stream from then on.
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
  private int chosenStatus; // 0 for the one of the rules
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

  /** Sends a message before the answer; says whether the client could get it. */
  final boolean post(JsonRpcMessage message) {
    return takesEvents && stream(ServerSentEvents.event(message));
  }

  /** Sends a sign of life; says whether the client could get it. */
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
      // Never under the lock: what is done then may wait for a handler that waits for it
      clientGone();
    }
    return !gone;
  }

  /**
   * Sends a modern client that waits a sign of life, and finds out whether it is still there. "The
   * server MUST treat a client disconnect as cancellation of that request", but a server is not
   * told of one before it writes.
   */
  void beat() {
    if (era == Era.MODERN) {
      comment();
    }
  }

  /**
   * What follows from a write that failed. A legacy disconnect "SHOULD NOT be interpreted as the
   * client cancelling its request".
   */
  void clientGone() {
    if (era == Era.MODERN) {
      cancellation.cancel();
    }
  }

  /** Answers in the place of a handler that took too long, and ends the handler. */
  final void expire(byte[] body) {
    try {
      finish(200, body);
    } catch (IOException e) {
      // The client is gone too: there is nobody to tell
    } finally {
      cancellation.cancel(); // after the answer, which it would have suppressed
    }
  }

  /**
   * Takes the notifications and responses of a batch; without a session there is no use for them.
   */
  void receive(JsonRpcPayload.Batch batch) {}

  /** Called when the request has been served, whatever came of it. */
  void close() {}

  /** Sends the answer, the last thing that is sent. */
  void finish(int status, JsonRpcMessage.Response response) throws IOException {
    finish(status, written(response));
  }

  /** The answer as bytes; an error with its id if it cannot be written, for want of memory. */
  private byte[] written(JsonRpcMessage.Response response) {
    try {
      return JsonRpcCodec.write(response);
    } catch (RuntimeException | Error e) {
      FailureLog.log(attributes(), "an answer could not be written", e);
      JsonRpcError error = new JsonRpcError(ErrorCode.INTERNAL_ERROR, "Internal error");
      return JsonRpcCodec.write(new JsonRpcMessage.Failure(response.id(), error));
    }
  }

  /** Sends the answer as JSON, the last thing that is sent. */
  synchronized void finish(int status, byte[] body) throws IOException {
    if (done) {
      return; // the client is gone
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
   * "Not send a response for the cancelled request": a stream with nothing more in it, since to a
   * request the server "MUST either return Content-Type: text/event-stream" or JSON.
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

  /** Says whether the client is still there. */
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
