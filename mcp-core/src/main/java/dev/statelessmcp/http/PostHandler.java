package dev.statelessmcp.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.JsonRpcError;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.JsonRpcPayload;
import dev.statelessmcp.jsonrpc.MalformedMessageException;
import dev.statelessmcp.jsonrpc.RequestId;
import dev.statelessmcp.protocol.Era;
import dev.statelessmcp.protocol.McpException;
import dev.statelessmcp.protocol.RequestMeta;
import dev.statelessmcp.transport.Admission;
import dev.statelessmcp.transport.ServerPort;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** POST: serves the message that was sent. */
final class PostHandler {
  private final ServerPort server;
  private final RequestGate gate;
  private final @Nullable LegacySessionStore sessions; // null if sessions are off
  private final CallLimit calls;
  private final CallLimit subscriptions;

  PostHandler(
      ServerPort server,
      RequestGate gate,
      @Nullable LegacySessionStore sessions,
      CallLimit calls,
      CallLimit subscriptions) {
    this.server = server;
    this.gate = gate;
    this.sessions = sessions;
    this.calls = calls;
    this.subscriptions = subscriptions;
  }

  void serve(Incoming incoming) throws HttpRefusal, IOException {
    JsonRpcPayload payload;
    try {
      RequestGate.checkMediaTypes(incoming.request().headers());
      payload = gate.read(incoming.request());
    } catch (MalformedMessageException e) {
      throw refusal(e, incoming);
    } catch (HttpRefusal refusal) {
      if (maySettle(incoming.request())) {
        endQuestion(gate.answeredQuestion(incoming.request(), refusal), refusal, incoming);
      }
      throw refusal;
    }
    if (payload instanceof JsonRpcMessage.Request call) {
      serve(call, incoming);
      return;
    }
    gate.checkScopes(incoming);
    if (payload instanceof JsonRpcPayload.Batch batch) {
      serve(batch, incoming);
    } else {
      take(payload, incoming);
    }
  }

  /**
   * Refuses a malformed message. If it is a client's answer, the call that waits for it ends, and
   * the error has no id.
   *
   * @see <a
   *     href="https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#sending-messages-to-the-server">"If
   *     the server cannot accept the input, it MUST return an HTTP error status code (e.g., 400 Bad
   *     Request). The HTTP response body MAY comprise a JSON-RPC error response that has no id"</a>
   */
  private HttpRefusal refusal(MalformedMessageException malformed, Incoming incoming)
      throws HttpRefusal {
    boolean mayAnswer = malformed.id() != null && !malformed.hasMethod();
    boolean answered = malformed.isAnswered();
    if (mayAnswer && sessions != null && !Era.isModern(incoming.version())) {
      answered = sessions.take(malformed, incoming);
    }
    JsonRpcMessage.Failure failure = malformed.failure();
    return new HttpRefusal(
        400,
        HttpHeaders.NONE,
        answered ? failure : new JsonRpcMessage.Failure(null, failure.error()));
  }

  /**
   * Ends the call that waits for an answer that was refused for its headers or size, because the
   * client will not send it again. Not called for statuses 401, 408 and 503, after which it may.
   */
  private void endQuestion(@Nullable RequestId question, HttpRefusal refusal, Incoming incoming)
      throws HttpRefusal {
    if (question != null && sessions != null) {
      sessions.giveUp(question, refusal, incoming);
    }
  }

  /** Whether a message may answer a question of a session. */
  boolean maySettle(HttpRequest request) {
    return sessions != null
        && !Era.isModern(request.headers().single(HeaderRules.VERSION))
        && request.headers().value(LegacySessionStore.ID) != null;
  }

  /** Takes a notification or a client's answer. */
  private void take(JsonRpcPayload payload, Incoming incoming) throws HttpRefusal, IOException {
    boolean modern = Era.isModern(incoming.version());
    if (!modern) {
      try {
        RequestGate.legacyClient(incoming.version(), null);
      } catch (HttpRefusal refusal) {
        if (payload instanceof JsonRpcMessage.Response response) {
          endQuestion(response.id(), refusal, incoming);
        }
        throw refusal;
      }
      if (sessions != null) { // otherwise no call can wait for it
        sessions.take(payload, incoming);
      }
    } else if (payload instanceof JsonRpcMessage.Response) {
      // "The client MUST NOT send JSON-RPC responses"
      throw new HttpRefusal(400, "A response cannot be posted in revision " + incoming.version());
    }
    if (payload instanceof JsonRpcMessage.Notification notification) {
      Era era = modern ? Era.MODERN : Era.LEGACY;
      server.notified(era, notification, new ReplyExchange(incoming, RequestMeta.UNKNOWN, era));
    }
    incoming.answer(202);
  }

  private void serve(JsonRpcMessage.Request call, Incoming incoming)
      throws HttpRefusal, IOException {
    Era era = server.eraOf(call, incoming.version());
    ReplyExchange exchange = era == Era.MODERN
        ? new ReplyExchange(incoming, RequestMeta.UNKNOWN, era)
        : call.method().equals("initialize")
            ? initialize(call.id(), incoming)
            : legacy(call.id(), incoming);
    try {
      serve(call, era, exchange, incoming);
    } finally {
      exchange.close();
    }
  }

  /** The body negotiates the version, so an unknown version header is ignored. */
  private ReplyExchange initialize(RequestId id, Incoming incoming) throws HttpRefusal {
    return sessions == null
        ? new ReplyExchange(incoming, RequestMeta.UNKNOWN, Era.LEGACY)
        : sessions.initialize(incoming, id);
  }

  private ReplyExchange legacy(@Nullable RequestId id, Incoming incoming) throws HttpRefusal {
    RequestMeta client = RequestGate.legacyClient(incoming.version(), id);
    return sessions == null
        ? new ReplyExchange(incoming, client, Era.LEGACY)
        : sessions.exchange(incoming, client, id);
  }

  private void serve(
      JsonRpcMessage.Request call, Era era, ReplyExchange exchange, Incoming incoming)
      throws HttpRefusal, IOException {
    Admission admission = server.admit(era, call, exchange);
    JsonRpcMessage.Response response;
    try {
      if (era == Era.MODERN) {
        HeaderRules.check(
            incoming.request().headers(), call, admission.nameMember().orElse(null));
      }
      response =
          admission.isRefused() ? admission.run() : run(call, era, admission, exchange, incoming);
    } catch (HttpRefusal refusal) {
      JsonRpcError error = refusal.failure().error();
      admission.refuse(new McpException(error.code(), error.message(), error.data())
          .http(refusal.status(), Map.of()));
      throw refusal.observed();
    }
    // An interrupt that the handler has left set would break the sending of its answer
    Thread.interrupted();
    exchange.finish(StatusRules.status(era, admission.isRefused(), response), response);
  }

  private JsonRpcMessage.Response run(
      JsonRpcMessage.Request call,
      Era era,
      Admission admission,
      ReplyExchange exchange,
      Incoming incoming)
      throws HttpRefusal {
    CallLimit limit = admission.isLongLived() ? subscriptions : calls;
    limit.enter(call.id());
    try {
      if (era == Era.MODERN) {
        HeaderRules.check(incoming.request().headers(), call, admission.mirroredParameters());
      }
      CallWatchdog watchdog = new CallWatchdog(call, exchange, incoming.reply());
      try {
        return admission.run();
      } finally {
        watchdog.end();
      }
    } finally {
      limit.leave(); // before the answer, because the client may call again as soon as it has it
    }
  }

  private void serve(JsonRpcPayload.Batch batch, Incoming incoming)
      throws HttpRefusal, IOException {
    if (Era.isModern(incoming.version())) {
      throw new HttpRefusal(
          400, "Invalid request: revision " + incoming.version() + " has no JSON-RPC batches");
    }
    ReplyExchange exchange = legacy(null, incoming);
    try {
      exchange.receive(batch);
      Optional<JsonNode> answer = served(batch, exchange, incoming.reply());
      Thread.interrupted();
      if (batch.hasOnlyResponses() && !exchange.legacyClient().version().hasBatches()) {
        throw new HttpRefusal(
            400,
            "Invalid request: revision "
                + exchange.legacyClient().version()
                + " has no JSON-RPC batches");
      }
      if (answer.isPresent()) {
        exchange.finish(answer.get().isArray() ? 200 : 400, Json.write(answer.get()));
      } else {
        exchange.finish();
      }
    } finally {
      exchange.close();
    }
  }

  private Optional<JsonNode> served(
      JsonRpcPayload.Batch batch, ReplyExchange exchange, HttpReply reply) throws HttpRefusal {
    calls.enter(null);
    try {
      CallWatchdog watchdog = new CallWatchdog(batch, exchange, reply);
      try {
        return server.serve(batch, exchange);
      } finally {
        watchdog.end();
      }
    } finally {
      calls.leave();
    }
  }
}
