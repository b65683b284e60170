package dev.statelessmcp.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.JsonRpcPayload;
import dev.statelessmcp.jsonrpc.RequestId;
import dev.statelessmcp.protocol.Era;
import dev.statelessmcp.transport.Admission;
import dev.statelessmcp.transport.LegacyClient;
import java.io.IOException;
import java.util.Optional;

/** POST: serves the message that was sent. */
final class PostHandler {
  private final McpServer server;
  private final RequestGate entrance;
  private final LegacySessionStore sessions; // null where none are kept
  private final CallLimit calls;
  private final CallLimit subscriptions;

  PostHandler(
      McpServer server,
      RequestGate entrance,
      LegacySessionStore sessions,
      CallLimit calls,
      CallLimit subscriptions) {
    this.server = server;
    this.entrance = entrance;
    this.sessions = sessions;
    this.calls = calls;
    this.subscriptions = subscriptions;
  }

  void serve(Incoming incoming) throws HttpRefusal, IOException {
    RequestGate.checkMediaTypes(incoming.request().headers());
    JsonRpcPayload payload = entrance.read(incoming.request());
    if (payload instanceof JsonRpcMessage.Request call) {
      serve(call, incoming);
    } else if (payload instanceof JsonRpcPayload.Batch batch) {
      serve(batch, incoming);
    } else {
      take(payload, incoming);
    }
  }

  /** A notification, or a client's answer. */
  private void take(JsonRpcPayload payload, Incoming incoming) throws HttpRefusal, IOException {
    if (!Era.isModern(incoming.version())) {
      RequestGate.legacyClient(incoming.version(), null);
      if (sessions != null) { // otherwise there is no call that it could belong to
        sessions.take(payload, incoming);
      }
    } else if (payload instanceof JsonRpcMessage.Response) {
      // "The client MUST NOT send JSON-RPC responses"
      throw new HttpRefusal(400, "A response cannot be posted in revision " + incoming.version());
    }
    incoming.answer(202);
  }

  private void serve(JsonRpcMessage.Request call, Incoming incoming)
      throws HttpRefusal, IOException {
    Era era = Era.of(call, incoming.version());
    if (era == Era.MODERN) {
      HeaderRules.check(
          incoming.request().headers(), call, server.mirroredParameters(call, incoming.caller()));
    }
    ReplyExchange exchange = era == Era.MODERN
        ? new ReplyExchange(incoming, LegacyClient.UNKNOWN, era)
        : call.method().equals("initialize")
            ? initialize(call.id(), incoming)
            : legacy(call.id(), incoming);
    try {
      serve(call, era, exchange, incoming.reply());
    } finally {
      exchange.close();
    }
  }

  /** It negotiates by its body; a version in a header is a client ahead of its time. */
  private ReplyExchange initialize(RequestId id, Incoming incoming) throws HttpRefusal {
    return sessions == null
        ? new ReplyExchange(incoming, LegacyClient.UNKNOWN, Era.LEGACY)
        : sessions.initialize(incoming, id);
  }

  private ReplyExchange legacy(RequestId id, Incoming incoming) throws HttpRefusal {
    LegacyClient client = RequestGate.legacyClient(incoming.version(), id);
    return sessions == null
        ? new ReplyExchange(incoming, client, Era.LEGACY)
        : sessions.exchange(incoming, client, id);
  }

  private void serve(JsonRpcMessage.Request call, Era era, ReplyExchange exchange, HttpReply reply)
      throws HttpRefusal, IOException {
    Admission admission = server.admit(era, call, exchange);
    if (!(admission instanceof Admission.Admitted admitted)) {
      JsonRpcMessage.Failure failure = ((Admission.Refused) admission).failure();
      exchange.finish(StatusRules.ofRefusal(era, failure), failure);
      return;
    }
    CallLimit places = admitted.longLived() ? subscriptions : calls;
    JsonRpcMessage.Response response;
    places.enter(call.id());
    try {
      CallWatchdog watch = new CallWatchdog(call, exchange, reply);
      try {
        response = admitted.call().get();
      } finally {
        watch.end();
      }
    } finally {
      places.leave(); // before the answer: who has one may call again
    }
    // What a handler may have left behind would cut its own answer off
    Thread.interrupted();
    exchange.finish(StatusRules.ofAnswer(era, response), response);
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
      CallWatchdog watch = new CallWatchdog(batch, exchange, reply);
      try {
        return server.handle(batch, exchange);
      } finally {
        watch.end();
      }
    } finally {
      calls.leave();
    }
  }
}
