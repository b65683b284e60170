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
import dev.statelessmcp.jsonrpc.MalformedMessageException;
import dev.statelessmcp.protocol.Era;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.transport.CancellationSource;
import dev.statelessmcp.transport.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Serves an event that is a bare JSON-RPC message or batch. The answer is JSON-RPC too, or an empty
 * object if the message is not answered.
 */
class MessageCall extends EventCall implements Exchange {
  private final McpServer server;
  private final CancellationSource cancellation = new CancellationSource();
  // Null if it cannot be read; set before other threads see this
  private @Nullable JsonRpcPayload payload;
  private int status = 200;
  private @Nullable JsonRpcError refusal;

  // Guarded by this
  private JsonNode json = Json.object();
  private @Nullable Answer answer;

  /**
   * Creates a call, which is already answered if the message is refused.
   *
   * @param bytes the size of the event
   */
  MessageCall(McpServer server, JsonNode message, int bytes, Invocation invocation) {
    super(invocation, null, false);
    this.server = server;
    int maxBytes = invocation.settings().limits().maxBytes();
    try {
      JsonRpcPayload read = JsonRpcCodec.payload(message);
      payload = read;
      if (bytes > maxBytes) {
        JsonRpcError error = new JsonRpcError(
            ErrorCode.INVALID_REQUEST,
            "Invalid request: the message is larger than " + maxBytes + " bytes");
        refuse(413, error, JsonRpcCodec.failures(read, error));
      }
    } catch (MalformedMessageException e) {
      JsonRpcMessage.Failure failure = isForeign(message) ? explained(e.failure()) : e.failure();
      refuse(400, failure.error(), e.isAnswered() ? JsonRpcCodec.toJson(failure) : Json.object());
    }
  }

  private static boolean isForeign(JsonNode message) {
    return !message.isObject() || (!message.has("method") && !message.has("jsonrpc"));
  }

  /** Explains the refusal of events that are not messages, such as test events of the console. */
  private static JsonRpcMessage.Failure explained(JsonRpcMessage.Failure failure) {
    JsonRpcError error = failure.error();
    String message = error.message()
        + ". "
        + UnsupportedEventException.TAKES
        + ", and this event is none of these; to try it, "
        + UnsupportedEventException.EXAMPLE;
    return new JsonRpcMessage.Failure(
        failure.id(), new JsonRpcError(error.code(), message, error.data()));
  }

  private void refuse(int newStatus, JsonRpcError error, JsonNode failure) {
    status = newStatus;
    refusal = error;
    send(failure);
  }

  @Override
  public final void run() {
    if (payload instanceof JsonRpcMessage.Request request) {
      send(JsonRpcCodec.toJson(server.handle(request, this)));
    } else if (payload instanceof JsonRpcPayload.Batch batch) {
      send(server.port().serve(batch, this).orElseGet(Json::object));
    } else {
      if (payload instanceof JsonRpcMessage.Notification notification) {
        server.port().notified(Era.LEGACY, notification, this);
      }
      send(Json.object()); // a notification or a response
    }
  }

  @Override
  public final String transport() {
    return "lambda";
  }

  private synchronized void send(JsonNode newJson) {
    if (claim()) {
      json = newJson;
    }
  }

  @Override
  final void expire() {
    fail("Timeout: the call took longer than " + timeLimit());
    cancellation.cancel();
  }

  @Override
  final void fail() {
    fail("Internal error");
  }

  private void fail(String message) {
    send(failures(new JsonRpcError(ErrorCode.INTERNAL_ERROR, message)));
  }

  @Override
  public final Cancellation cancellation() {
    return cancellation;
  }

  @Override
  public final Attributes attributes() {
    return invocation().attributes();
  }

  @Override
  final int status() {
    return status;
  }

  @Override
  final @Nullable JsonRpcError refusal() {
    return refusal;
  }

  @Override
  final long size() {
    return answer().bytes().length;
  }

  @Override
  final synchronized Answer answer() {
    if (answer == null) { // kept, because its bytes are counted and then sent
      answer = new Answer(toSender(json));
    }
    return answer;
  }

  /** The part of a JSON-RPC answer that the sender gets: all of it. */
  JsonNode toSender(JsonNode message) {
    return message;
  }

  @Override
  Answer answer(JsonRpcError error) {
    return new Answer(failures(error));
  }

  private JsonNode failures(JsonRpcError error) {
    JsonRpcPayload read = payload;
    return read == null
        ? JsonRpcCodec.toJson(new JsonRpcMessage.Failure(null, error))
        : JsonRpcCodec.failures(read, error);
  }
}
