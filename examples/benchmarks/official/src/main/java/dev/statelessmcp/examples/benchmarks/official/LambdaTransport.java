package dev.statelessmcp.examples.benchmarks.official;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpStatelessServerHandler;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpStatelessServerTransport;
import java.io.IOException;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Handles a POST as the SDK's servlet transport does, without its HTTP checks. */
final class LambdaTransport implements McpStatelessServerTransport {
  private final McpJsonMapper json;
  private McpStatelessServerHandler handler;

  LambdaTransport(McpJsonMapper json) {
    this.json = json;
  }

  @Override
  public void setMcpHandler(McpStatelessServerHandler handler) {
    this.handler = handler;
  }

  @Override
  public Mono<Void> closeGracefully() {
    return Mono.empty();
  }

  /** The answer to the gateway, for one message. */
  Map<String, Object> answer(String body) throws IOException {
    McpTransportContext context = McpTransportContext.EMPTY;
    McpSchema.JSONRPCMessage message = McpSchema.deserializeJsonRpcMessage(json, body);
    if (message instanceof McpSchema.JSONRPCRequest request) {
      McpSchema.JSONRPCResponse response = handler
          .handleRequest(context, request)
          .contextWrite(values -> values.put(McpTransportContext.KEY, context))
          .block();
      return Map.of(
          "statusCode",
          200,
          "headers",
          Map.of("content-type", "application/json"),
          "body",
          json.writeValueAsString(response),
          "isBase64Encoded",
          false);
    }
    if (message instanceof McpSchema.JSONRPCNotification notification) {
      handler
          .handleNotification(context, notification)
          .contextWrite(values -> values.put(McpTransportContext.KEY, context))
          .block();
      return Map.of("statusCode", 202, "body", "");
    }
    return Map.of("statusCode", 400, "body", "");
  }
}
