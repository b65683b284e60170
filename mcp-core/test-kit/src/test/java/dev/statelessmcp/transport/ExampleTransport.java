package dev.statelessmcp.transport;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.json.JsonLimits;
import dev.statelessmcp.jsonrpc.JsonRpcCodec;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.JsonRpcPayload;
import dev.statelessmcp.jsonrpc.MalformedMessageException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A complete transport for a connection that carries whole messages, such as a WebSocket: one
 * object for each connection. It serves a message on the thread that brings it.
 */
final class ExampleTransport extends LegacyConnection {
  private final ServerPort server;
  private final JsonRpcCodec codec = new JsonRpcCodec(JsonLimits.DEFAULT);
  private final Consumer<byte[]> out;

  ExampleTransport(McpServer server, Consumer<byte[]> out) {
    this.server = server.port();
    this.out = out;
  }

  void receive(byte[] message) {
    try {
      JsonRpcPayload payload = codec.read(message);
      receive(payload); // what the client answers and cancels
      if (payload instanceof JsonRpcMessage.Request request) {
        serve(request, new OneMessage(this, new CancellationSource()));
      } else if (payload instanceof JsonRpcPayload.Batch batch) {
        server
            .serve(batch, new OneMessage(this, new CancellationSource()))
            .ifPresent(answer -> out.accept(Json.write(answer)));
      }
    } catch (MalformedMessageException e) {
      if (receive(e)) {
        send(e.failure());
      }
    }
  }

  private void serve(JsonRpcMessage.Request request, OneMessage exchange) {
    begin(exchange.cancellation, request.id());
    JsonRpcMessage.Response answer =
        server.admit(server.eraOf(request, null), request, exchange).run();
    end(exchange.cancellation);
    if (!exchange.cancellation.isCancelled()) {
      send(answer);
    }
  }

  @Override
  public void push(JsonRpcMessage.Notification notification) {
    send(notification);
  }

  private void send(JsonRpcMessage message) {
    out.accept(JsonRpcCodec.write(message));
  }

  /** One message being served. */
  private record OneMessage(ExampleTransport owner, CancellationSource cancellation)
      implements Exchange {

    @Override
    public void send(JsonRpcMessage.Notification notification) {
      owner.push(notification);
    }

    @Override
    public JsonRpcMessage.Response request(String method, ObjectNode params, Cancellation call)
        throws InterruptedException {
      return owner.request(method, params, call, owner::send);
    }

    @Override
    public Optional<LegacyConnection> connection() {
      return Optional.of(owner);
    }
  }
}
