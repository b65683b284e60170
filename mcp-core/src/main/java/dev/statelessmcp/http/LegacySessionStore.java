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
 * The legacy sessions of one endpoint that has been told to keep some. A session is for what
 * reaches the client before an answer, or without one, so there are none where answers are
 * collected. Safe from any number of threads.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#session-management">LegacySession
 *     Management</a>
 */
final class LegacySessionStore {
  static final String ID = "Mcp-Session-Id";

  private static final int ID_BYTES = 24;

  /** What part of the idle expiry passes before expired sessions are looked for again. */
  private static final int LOOKS_PER_EXPIRY = 16;

  private final LegacySessions settings;
  private final ServerPort server;
  private final CallLimit streams;
  private final Map<String, LegacySession> byId = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();
  private Instant looked; // for expired sessions, the last time; guarded by this

  /**
   * No sessions yet.
   *
   * @param settings the limits
   * @param streams how many of those may be open that clients listen to
   */
  LegacySessionStore(LegacySessions settings, ServerPort server, CallLimit streams) {
    this.settings = settings;
    this.server = server;
    this.streams = streams;
    this.looked = settings.clock().instant();
  }

  /**
   * The session that a request belongs to. A session of another caller is treated as missing, so
   * that an id that leaked is useless.
   *
   * @return the session; null if the request names none, or none are kept here
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
    if (id != null && id.indexOf(',') >= 0) { // which no id of ours has
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
        404, request, "There is no such session, or it has ended; initialize a new one");
  }

  /**
   * Begins a session with an {@code initialize}, where sessions are kept. The id of a session that
   * does not exist is ignored: a client that keeps it does what 404 would tell it to do.
   */
  ReplyExchange initialize(Incoming incoming, RequestId request) throws HttpRefusal {
    if (!incoming.reply().isLive()) {
      return new ReplyExchange(incoming, RequestMeta.UNKNOWN, Era.LEGACY);
    }
    String id = id(incoming, request);
    if (id != null && find(id, incoming.caller()) != null) {
      // "start a new session by sending a new InitializeRequest without a session ID attached"
      throw HttpRefusal.invalid(400, request, "The session has been initialized already");
    }
    LegacySession session = open(incoming.caller().identity(), request);
    return entered(new LegacySessionExchange(incoming, this, session, request, true), request);
  }

  /**
   * An exchange in the session that a request names, or without one.
   *
   * @param client what the headers say of it
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
   * Expired sessions are removed when a new one is opened; but not each time, since all sessions
   * are looked at.
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

  /** Forgets a session, and ends whatever happens in it. */
  void end(LegacySession session) {
    byId.remove(session.id());
    session.end();
  }

  /** Takes a notification or a client's answer to where it belongs. */
  void take(JsonRpcPayload payload, Incoming incoming) throws HttpRefusal {
    LegacySession session = find(incoming, null);
    if (session != null) {
      session.receive(payload);
    }
  }

  /**
   * Takes a message that cannot be read, and may be a client's answer.
   *
   * @return whether it is answered, and not only refused
   */
  boolean take(MalformedMessageException malformed, Incoming incoming) throws HttpRefusal {
    LegacySession session = find(incoming, null);
    return session == null ? malformed.isAnswered() : session.receive(malformed);
  }

  /** Ends the wait for an answer that has been refused; the client has its status. */
  void giveUp(RequestId question, HttpRefusal refusal, Incoming incoming) throws HttpRefusal {
    LegacySession session = find(incoming, null);
    if (session != null) {
      session.giveUp(
          question,
          "its answer was refused with status " + refusal.status() + ": " + refusal.getMessage());
    }
  }

  /**
   * GET: sends what changes, for as long as the client listens.
   *
   * @return false if it names no session
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
   * @return false if it names none
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

  /** The session of a request that means nothing without one, and nothing in the modern era. */
  private @Nullable LegacySession named(Incoming incoming) throws HttpRefusal {
    if (Era.isModern(incoming.version())) {
      return null;
    }
    RequestGate.legacyClient(incoming.version(), null);
    return find(incoming, null);
  }
}
