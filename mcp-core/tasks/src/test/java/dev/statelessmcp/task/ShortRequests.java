package dev.statelessmcp.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.JsonRpcCodec;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.RequestId;
import dev.statelessmcp.transport.Exchange;
import java.time.Instant;
import java.util.Optional;

/** Requests of a legacy client that must be answered by a deadline. */
final class ShortRequests {
  private final McpServer server;
  private final Instant deadline;

  ShortRequests(McpServer server, Instant deadline) {
    this.server = server;
    this.deadline = deadline;
  }

  /** Calls the tool {@code work}; returns the answer as text. */
  String call(String text) {
    ObjectNode params = Json.object().put("name", "work");
    params.putObject("arguments").put("text", text);
    JsonRpcMessage.Response response = server.handle(
        new JsonRpcMessage.Request(RequestId.of(1), "tools/call", params), new Exchange() {
          @Override
          public Optional<Instant> deadline() {
            return Optional.of(deadline);
          }
        });
    return Json.text(JsonRpcCodec.toJson(response));
  }
}
