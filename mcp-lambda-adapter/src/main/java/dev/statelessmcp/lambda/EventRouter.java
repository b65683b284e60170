package dev.statelessmcp.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.http.HttpHeaders;
import dev.statelessmcp.http.StreamableHttp;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.json.JsonLimits;
import dev.statelessmcp.json.JsonSyntaxException;
import dev.statelessmcp.jsonrpc.JsonRpcCodec;
import dev.statelessmcp.jsonrpc.JsonRpcError;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.JsonRpcPayload;
import dev.statelessmcp.jsonrpc.MalformedMessageException;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.transport.Exchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Brings an event to the server, and its answer into the shape that the sender of the event
 * expects. Safe from any number of threads.
 */
final class EventRouter {
  /** A little more than Lambda lets through, so that it is never this that refuses an event. */
  private static final JsonLimits EVENT = new JsonLimits(8 << 20, 128, 8 << 20);

  private static final HttpHeaders JSON = HttpHeaders.of("Content-Type", "application/json");

  private final McpServer server;
  private final StreamableHttp endpoint;

  EventRouter(McpServer server, LambdaSettings settings) {
    this.server = Objects.requireNonNull(server, "server");
    this.endpoint = StreamableHttp.of(server)
        .path(settings.path())
        .origins(settings.origins())
        .authenticator(settings.authenticator())
        .limits(settings.limits())
        .build();
  }

  /** What becomes of a failure that nobody foresaw; it is for the log, and not for the peer. */
  @FunctionalInterface
  interface FailureLog {
    void log(Throwable failure);
  }

  /**
   * Serves an event.
   *
   * @param event the event as it came
   * @param log takes failures of our own
   * @return the answer
   * @throws UnsupportedEventException if the event is none that carries MCP
   */
  JsonNode serve(byte[] event, FailureLog log) throws UnsupportedEventException {
    JsonNode tree;
    try {
      tree = Json.read(event, EVENT);
    } catch (JsonSyntaxException e) {
      return failure(ErrorCode.PARSE_ERROR, "Parse error: " + e.getMessage());
    }
    HttpEvent http = tree instanceof ObjectNode object ? HttpEvent.of(object) : null;
    if (http == null) {
      UnsupportedEventException.throwIfForeign(tree);
    }
    try {
      return http == null ? serveDirect(tree) : serveHttp(http);
    } catch (Throwable e) {
      if (e instanceof VirtualMachineError fatal && !(e instanceof StackOverflowError)) {
        throw fatal; // the runtime replaces the process
      }
      log.log(e);
      ObjectNode failure = failure(ErrorCode.INTERNAL_ERROR, "Internal error");
      return http == null ? failure : http.answer(500, JSON, Json.write(failure));
    }
  }

  private JsonNode serveHttp(HttpEvent event) throws IOException {
    if (event.isHealthCheck()) {
      byte[] ok = "{\"status\":\"ok\"}".getBytes(StandardCharsets.UTF_8);
      return event.answer(200, JSON, ok);
    }
    CollectedReply reply = new CollectedReply();
    endpoint.handle(event.toRequest(), reply);
    return event.answer(reply.status(), reply.headers(), reply.body());
  }

  /**
   * A message without HTTP around it: JSON-RPC in, JSON-RPC out, and an empty object for nothing.
   */
  private JsonNode serveDirect(JsonNode tree) {
    Exchange exchange = new Exchange() {};
    try {
      JsonRpcPayload payload = JsonRpcCodec.payload(tree);
      if (payload instanceof JsonRpcMessage.Request request) {
        return JsonRpcCodec.toJson(server.handle(request, exchange));
      }
      if (payload instanceof JsonRpcPayload.Batch batch) {
        return server.handle(batch, exchange).orElseGet(Json::object);
      }
      return Json.object(); // a notification, or a response to nothing
    } catch (MalformedMessageException e) {
      return JsonRpcCodec.toJson(e.failure());
    }
  }

  private static ObjectNode failure(int code, String message) {
    return JsonRpcCodec.toJson(new JsonRpcMessage.Failure(null, new JsonRpcError(code, message)));
  }
}
