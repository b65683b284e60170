package dev.statelessmcp.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.JsonRpcPayload;
import dev.statelessmcp.jsonrpc.RequestId;
import dev.statelessmcp.protocol.ClientCapabilities;
import dev.statelessmcp.protocol.Era;
import dev.statelessmcp.protocol.RequestMeta;
import dev.statelessmcp.subscription.Registration;
import dev.statelessmcp.transport.LegacyConnection;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request of a legacy session being served. What its handler asks the client is sent on the
 * stream of this request.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#sending-messages-to-the-server">"The
 *     server MAY send JSON-RPC requests and notifications before sending the JSON-RPC response"</a>
 */
final class LegacySessionExchange extends ReplyExchange {
  private static final String GONE = "the client went away";
  private static final String ENDING = "the server is about to end";

  private final LegacySessionStore sessions;
  private final LegacySession session;
  private final boolean begins;
  private final @Nullable RequestId id; // null for a batch
  private final Set<Question> questions = ConcurrentHashMap.newKeySet();
  private boolean begun; // the client has been told of the session that begins with this request

  /**
   * An exchange in a session.
   *
   * @param begins whether the session begins with it
   */
  LegacySessionExchange(
      Incoming incoming,
      LegacySessionStore sessions,
      LegacySession session,
      @Nullable RequestId id,
      boolean begins) {
    super(incoming, session.client(), Era.LEGACY);
    this.sessions = sessions;
    this.session = session;
    this.id = id;
    this.begins = begins;
  }

  /** Counts the call among those that the session can cancel; false if the session has ended. */
  boolean enter() {
    return session.begin(cancellation, id);
  }

  /**
   * A client that takes no stream cannot be asked anything in this call, whatever it has declared.
   */
  @Override
  public RequestMeta legacyClient() {
    RequestMeta client = session.client();
    return isLive()
        ? client
        : RequestMeta.of(client.version(), ClientCapabilities.NONE, Json.object())
            .clientInfo(client.clientInfo().orElse(null));
  }

  @Override
  public void initialized(RequestMeta client) {
    session.initialized(client);
  }

  @Override
  public Optional<LegacyConnection> connection() {
    return Optional.of(session);
  }

  /**
   * "including it in an MCP-Session-Id header on the HTTP response containing the
   * InitializeResult".
   */
  @Override
  HttpHeaders.Builder replyHeaders() {
    HttpHeaders.Builder headers = super.replyHeaders();
    return begun ? headers.add(LegacySessionStore.ID, session.id()) : headers;
  }

  @Override
  void finish(int status, JsonRpcMessage.Response response) throws IOException {
    begun = begins && response instanceof JsonRpcMessage.Result;
    try {
      super.finish(status, response);
    } catch (IOException e) {
      begun = false;
      throw e;
    }
  }

  @Override
  void receive(JsonRpcPayload.Batch batch) {
    session.receive(batch);
  }

  /** What has failed to begin leaves nothing behind. */
  @Override
  void close() {
    session.end(cancellation);
    if (begins && !begun) {
      sessions.end(session);
    }
  }

  @Override
  public JsonRpcMessage.Response request(String method, ObjectNode params, Cancellation call)
      throws InterruptedException {
    if (!isLive()) {
      return LegacySession.unanswered(null, "the client accepts no event stream");
    }
    Question question = new Question();
    questions.add(question);
    // A server that is about to end accepts no more answers
    Registration end = ending().onCancel(() -> question.giveUp(ENDING));
    try {
      return session.ask(method, params, call, question);
    } finally {
      end.close();
      questions.remove(question);
    }
  }

  /** Comments keep a stream with an open question open, and reveal a broken connection. */
  @Override
  void beat() {
    for (Question question : questions) {
      question.giveUpIfLate();
    }
    if (!questions.isEmpty()) {
      comment();
    }
  }

  /**
   * "Disconnection SHOULD NOT be interpreted as the client cancelling its request", so the call
   * goes on; but it does not wait for a person who cannot see any more what becomes of the answer.
   */
  @Override
  void clientGone() {
    questions.forEach(question -> question.giveUp(GONE));
  }

  /** A request to the client that waits for its answer. */
  private final class Question implements Consumer<JsonRpcMessage> {
    private final Instant asked = session.now();
    private volatile @Nullable RequestId sent;

    /** Sends the request, and should the call be cancelled, its cancellation. */
    @Override
    public void accept(JsonRpcMessage message) {
      if (message instanceof JsonRpcMessage.Request request) {
        sent = request.id();
      }
      if (!post(message)) {
        giveUp(GONE);
      } else if (ending().isCancelled()) {
        giveUp(ENDING);
      }
    }

    void giveUp(String why) {
      RequestId question = sent;
      if (question != null) {
        session.giveUp(question, why);
      }
    }

    /**
     * "Implementations SHOULD establish timeouts for all sent requests", and "the sender SHOULD
     * issue a cancellation notification for that request and stop waiting for a response".
     */
    void giveUpIfLate() {
      RequestId question = sent;
      if (question != null && session.isPast(asked)) {
        ObjectNode params = Json.object();
        params.set("requestId", question.toJson());
        params.put("reason", "It took too long");
        post(new JsonRpcMessage.Notification("notifications/cancelled", params));
        giveUp("no answer came within " + session.idleExpiry() + "; the setting is idleExpiry");
      }
    }
  }
}
