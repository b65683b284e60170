package dev.statelessmcp.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.JsonRpcPayload;
import dev.statelessmcp.jsonrpc.RequestId;
import dev.statelessmcp.protocol.ClientCapabilities;
import dev.statelessmcp.protocol.Era;
import dev.statelessmcp.protocol.Implementation;
import dev.statelessmcp.protocol.McpException;
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
 * One request of a legacy session that is being served. Questions of its handler are sent on the
 * stream of this request.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#sending-messages-to-the-server">"The
 *     server MAY send JSON-RPC requests and notifications before sending the JSON-RPC response"</a>
 */
final class LegacySessionExchange extends ReplyExchange {
  private static final String GONE = "the client has disconnected";
  private static final String ENDING = "the server is about to stop";

  /** The session keeps this of its client for as long as it lasts, and there are many sessions. */
  private static final int MAX_CLIENT_BYTES = 64 << 10;

  private final LegacySessionStore sessions;
  private final LegacySession session;
  private final boolean begins;
  private final @Nullable RequestId id; // null for a batch
  private final Set<Question> questions = ConcurrentHashMap.newKeySet();
  private boolean begun; // the client has the id of the session that begins with this request

  /**
   * Creates an exchange in a session.
   *
   * @param begins true if the session begins with it
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

  /** Registers the call with the session, which can cancel it; false if the session has ended. */
  boolean enter() {
    return session.begin(cancellation, id);
  }

  /**
   * {@inheritDoc} A client that does not accept a stream cannot be asked in this call, so it has no
   * capabilities.
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
    int bytes = Json.write(client.clientCapabilities().json()).length;
    Implementation info = client.clientInfo().orElse(null);
    bytes += info == null ? 0 : Json.write(info.toJson()).length;
    if (bytes > MAX_CLIENT_BYTES) {
      throw McpException.invalidParams(
          "params.capabilities and params.clientInfo must have at most " + MAX_CLIENT_BYTES
              + " bytes together, where a session keeps them, had " + bytes);
    }
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

  /** Removes a session that has not begun. */
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
      return LegacySession.unanswered(null, "The client does not accept an event stream");
    }
    Question question = new Question();
    questions.add(question);
    // A server that is about to stop accepts no more answers
    Registration end = ending().onCancel(() -> question.giveUp(ENDING));
    try {
      return session.ask(method, params, call, question);
    } finally {
      end.close();
      questions.remove(question);
    }
  }

  /**
   * Sends a comment, which keeps a stream with an unanswered question open and detects a broken
   * connection.
   */
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
   * continues; but it stops waiting for answers to its questions.
   */
  @Override
  void clientGone() {
    questions.forEach(question -> question.giveUp(GONE));
  }

  /** A request to the client that has not been answered. */
  private final class Question implements Consumer<JsonRpcMessage> {
    private final Instant asked = session.now();
    private volatile @Nullable RequestId sent;

    /** Sends the request and, if the call is cancelled, its cancellation. */
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
