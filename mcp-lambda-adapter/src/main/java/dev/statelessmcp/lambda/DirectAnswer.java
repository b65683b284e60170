package dev.statelessmcp.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.JsonRpcCodec;
import dev.statelessmcp.jsonrpc.JsonRpcError;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.JsonRpcPayload;
import dev.statelessmcp.protocol.Era;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.transport.CancellationSource;
import dev.statelessmcp.transport.Exchange;
import dev.statelessmcp.transport.LegacyClient;
import java.time.Instant;
import java.util.Optional;

/** Serves a message that came without HTTP around it. The first answer counts. */
final class DirectAnswer implements Exchange, TimedAnswer, Runnable {
  private final McpServer server;
  private final JsonRpcPayload payload;
  private final LegacyClient client;
  private final Attributes attributes;
  private final long deadlineMillis;
  private final CancellationSource cancellation = new CancellationSource();
  private final CancellationSource ending = new CancellationSource();
  private JsonNode answer;

  DirectAnswer(
      McpServer server,
      JsonRpcPayload payload,
      LegacyClient client,
      Attributes attributes,
      long deadlineMillis) {
    this.server = server;
    this.payload = payload;
    this.client = client;
    this.attributes = attributes;
    this.deadlineMillis = deadlineMillis;
  }

  @Override
  public String transport() {
    return "lambda";
  }

  @Override
  public void run() {
    if (payload instanceof JsonRpcMessage.Request request) {
      answer(JsonRpcCodec.toJson(server.handle(request, this)));
    } else if (payload instanceof JsonRpcPayload.Batch batch) {
      answer(server.port().serve(batch, this).orElseGet(Json::object));
    } else {
      if (payload instanceof JsonRpcMessage.Notification notification) {
        server.port().notified(Era.LEGACY, notification, this);
      }
      answer(Json.object()); // a notification, or a response to nothing
    }
  }

  private synchronized void answer(JsonNode newAnswer) {
    if (answer == null) {
      answer = newAnswer;
    }
  }

  void fail(String message) {
    JsonRpcError error = new JsonRpcError(ErrorCode.INTERNAL_ERROR, message);
    answer(JsonRpcCodec.failures(payload, error));
  }

  /** The answer, once there is one. */
  synchronized JsonNode json() {
    return answer;
  }

  @Override
  public void expire() {
    fail("Timeout: the call took longer than it may");
    cancellation.cancel();
  }

  @Override
  public LegacyClient legacyClient() {
    return client;
  }

  @Override
  public boolean isLive() {
    return false;
  }

  @Override
  public Optional<Instant> deadline() {
    return deadlineMillis == Deadlines.NEVER
        ? Optional.empty()
        : Optional.of(Instant.ofEpochMilli(deadlineMillis));
  }

  @Override
  public long deadlineMillis() {
    return deadlineMillis;
  }

  @Override
  public Cancellation cancellation() {
    return cancellation;
  }

  @Override
  public CancellationSource ending() {
    return ending;
  }

  @Override
  public Attributes attributes() {
    return attributes;
  }
}
