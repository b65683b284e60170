package dev.statelessmcp.http;

import dev.statelessmcp.call.Caller;
import dev.statelessmcp.jsonrpc.JsonRpcPayload;
import dev.statelessmcp.jsonrpc.MalformedMessageException;
import dev.statelessmcp.jsonrpc.RequestId;
import dev.statelessmcp.protocol.Era;
import dev.statelessmcp.protocol.RequestMeta;
import dev.statelessmcp.transport.ServerPort;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The legacy sessions of an endpoint. A session carries messages to the client before an answer or
 * without one, so an endpoint that buffers answers has none. Thread-safe.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#session-management">LegacySession
 *     Management</a>
 */
final class LegacySessionStore {
  static final String ID = "Mcp-Session-Id";

  private static final int ID_BYTES = 24;

  /** Expired sessions are removed this many times within the idle expiry. */
  private static final int LOOKS_PER_EXPIRY = 16;

  private final LegacySessions settings;
  private final ServerPort server;
  private final CallLimit streams;
  private final Map<String, LegacySession> byId = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();
  private Instant looked; // the last time that expired sessions were removed; guarded by this

  /**
   * Creates an empty store.
   *
   * @param settings the limits
   * @param streams the limit of open GET streams
   */
  LegacySessionStore(LegacySessions settings, ServerPort server, CallLimit streams) {
    this.settings = settings;
    this.server = server;
    this.streams = streams;
    this.looked = settings.clock().instant();
  }

  /**
   * The session of a request. A session of another caller is treated as missing, so that a leaked
   * id is useless.
   *
   * @return the session; null if the request names none, or the endpoint keeps none
   * @throws HttpRefusal if it names one that does not exist: "it MUST respond to requests
   *     containing that session ID with HTTP 404 Not Found"
   */
  private @Nullable LegacySession find(Incoming incoming, @Nullable RequestId request)
      throws HttpRefusal {
    if (!incoming.reply().isLive()) {
      return null;
    }
    String id = id(incoming, request);
    LegacySession session = id == null ? null : find(id, incoming.caller());
    if (id != null && session == null) {
      throw notFound(request);
    }
    if (session != null) {
      session.touch();
    }
    return session;
  }

  /** The id that a request names; null if it names none. */
  private static @Nullable String id(Incoming incoming, @Nullable RequestId request)
      throws HttpRefusal {
    String id = incoming.request().headers().single(ID);
    if (id != null && id.indexOf(',') >= 0) { // our ids have no comma
      throw HttpRefusal.invalid(400, request, "The " + ID + " header has different values: " + id);
    }
    return id;
  }

  /** The session with an id; null if the caller has none with it. */
  private @Nullable LegacySession find(String id, Caller caller) {
    LegacySession session = byId.get(id);
    if (session != null && session.isExpired()) {
      end(session);
      session = null;
    }
    return session == null || !session.owner().equals(caller.identity()) ? null : session;
  }

  private static HttpRefusal notFound(@Nullable RequestId request) {
    return HttpRefusal.invalid(
        404, request, "The session does not exist or has ended; initialize a new one");
  }

  /**
   * Begins a session with {@code initialize}. The id of a session that does not exist is ignored:
   * the client already does what status 404 would ask for.
   */
  ReplyExchange initialize(Incoming incoming, RequestId request) throws HttpRefusal {
    if (!incoming.reply().isLive()) {
      return new ReplyExchange(incoming, RequestMeta.UNKNOWN, Era.LEGACY);
    }
    String id = id(incoming, request);
    if (id != null && find(id, incoming.caller()) != null) {
      // "start a new session by sending a new InitializeRequest without a session ID attached"
      throw HttpRefusal.invalid(400, request, "The session has already been initialized");
    }
    LegacySession session = open(incoming.caller().identity(), request);
    return entered(new LegacySessionExchange(incoming, this, session, request, true), request);
  }

  /**
   * Creates an exchange in the session of a request, or without a session.
   *
   * @param client the metadata from the headers
   * @param request null for a batch
   */
  ReplyExchange exchange(Incoming incoming, RequestMeta client, @Nullable RequestId request)
      throws HttpRefusal {
    LegacySession session = find(incoming, request);
    return session == null
        ? new ReplyExchange(incoming, client, Era.LEGACY)
        : entered(new LegacySessionExchange(incoming, this, session, request, false), request);
  }

  private static ReplyExchange entered(LegacySessionExchange exchange, @Nullable RequestId request)
      throws HttpRefusal {
    if (!exchange.enter()) {
      throw notFound(request);
    }
    return exchange;
  }

  private synchronized LegacySession open(String owner, RequestId request) throws HttpRefusal {
    removeExpired();
    if (byId.size() >= settings.maxSessions()) {
      throw CallLimit.full(request, 60, "There are too many sessions; the setting is maxSessions");
    }
    LegacySession session = new LegacySession(newId(), owner, settings);
    byId.put(session.id(), session);
    return session;
  }

  /**
   * Removes expired sessions when a new one is opened; not each time, because all sessions are
   * checked.
   */
  private void removeExpired() {
    Instant now = settings.clock().instant();
    Duration part = settings.idleExpiry().dividedBy(LOOKS_PER_EXPIRY);
    if (byId.size() >= settings.maxSessions()
        || Duration.between(looked, now).abs().compareTo(part) > 0) {
      looked = now;
      List.copyOf(byId.values()).stream().filter(LegacySession::isExpired).forEach(this::end);
    }
  }

  /**
   * "The session ID SHOULD be globally unique and cryptographically secure" and "MUST only contain
   * visible ASCII characters".
   */
  private String newId() {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Removes a session, and ends its stream and calls. */
  void end(LegacySession session) {
    byId.remove(session.id());
    session.end();
  }

  /** Passes a notification or a client's answer to its session. */
  void take(JsonRpcPayload payload, Incoming incoming) throws HttpRefusal {
    LegacySession session = find(incoming, null);
    if (session != null) {
      session.receive(payload);
    }
  }

  /**
   * Takes a malformed message, which may be a client's answer.
   *
   * @return true if it is answered with an error response
   */
  boolean take(MalformedMessageException malformed, Incoming incoming) throws HttpRefusal {
    LegacySession session = find(incoming, null);
    return session == null ? malformed.isAnswered() : session.receive(malformed);
  }

  /** Ends the wait for an answer that has been refused with an HTTP status. */
  void giveUp(RequestId question, HttpRefusal refusal, Incoming incoming) throws HttpRefusal {
    LegacySession session = find(incoming, null);
    if (session != null) {
      session.giveUp(
          question,
          "its answer was refused with status " + refusal.status() + ": " + refusal.getMessage());
    }
  }

  /**
   * GET: sends changes until the client disconnects.
   *
   * @return false if the request names no session
   */
  boolean listen(Incoming incoming) throws HttpRefusal, IOException {
    LegacySession session = named(incoming);
    if (session == null) {
      return false;
    }
    if (!MediaTypes.accepts(incoming.accept(), MediaTypes.EVENT_STREAM)) {
      throw new HttpRefusal(
          406, "The Accept header must allow text/event-stream, not " + incoming.accept());
    }
    streams.enter(null);
    LegacyEventStream stream = new LegacyEventStream();
    try {
      if (!session.listen(stream, server)) {
        throw notFound(null);
      }
      HttpHeaders.Builder headers = incoming.replyHeaders();
      ServerSentEvents.addHeaders(headers);
      stream.serve(incoming.reply(), headers.build());
    } finally {
      streams.leave();
      session.unlisten(stream);
    }
    return true;
  }

  /**
   * DELETE: ends a session.
   *
   * @return false if the request names no session
   */
  boolean delete(Incoming incoming) throws HttpRefusal, IOException {
    LegacySession session = named(incoming);
    if (session == null) {
      return false;
    }
    end(session);
    incoming.answer(204);
    return true;
  }

  /** The session of a GET or DELETE request; null in the modern era and without a session. */
  private @Nullable LegacySession named(Incoming incoming) throws HttpRefusal {
    if (Era.isModern(incoming.version())) {
      return null;
    }
    RequestGate.legacyClient(incoming.version(), null);
    return find(incoming, null);
  }
}
