package dev.statelessmcp.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.json.JsonLimits;
import dev.statelessmcp.jsonrpc.JsonRpcCodec;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.JsonRpcPayload;
import dev.statelessmcp.jsonrpc.MalformedMessageException;
import dev.statelessmcp.protocol.Era;
import dev.statelessmcp.protocol.RequestMeta;
import dev.statelessmcp.transport.CancellationSource;
import dev.statelessmcp.transport.Exchange;
import dev.statelessmcp.transport.LegacyConnection;
import dev.statelessmcp.transport.ServerPort;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Calls a server in this process, with messages as bytes. */
final class MemoryTransport implements TestTransport {
  private final ServerPort server;

  MemoryTransport(McpServer server) {
    this.server = server.port();
  }

  @Override
  public boolean carriesCallers() {
    return true;
  }

  @Override
  public boolean carriesAttributes() {
    return true;
  }

  @Override
  public Connection open(Incoming incoming) {
    Link link = new Link(incoming);
    return new Connection() {
      @Override
      public void send(Outgoing message, Receiver receiver) {
        link.serve(message, receiver);
      }

      @Override
      public void close() {
        link.ending.cancel();
        link.close();
      }
    };
  }

  /** Returns a message as the peer reads it. */
  private static JsonNode onTheWire(JsonRpcMessage message) {
    return Json.parse(new String(JsonRpcCodec.write(message), StandardCharsets.UTF_8));
  }

  private final class Link extends LegacyConnection {
    private final JsonRpcCodec codec = new JsonRpcCodec(JsonLimits.DEFAULT);
    private final CancellationSource ending = new CancellationSource();
    private final Incoming incoming;

    Link(Incoming incoming) {
      this.incoming = incoming;
    }

    @Override
    public void push(JsonRpcMessage.Notification notification) {
      incoming.received(onTheWire(notification));
    }

    void serve(Outgoing message, Receiver receiver) {
      try {
        JsonRpcPayload payload = codec.read(Json.write(message.message()));
        receive(payload); // what the client answers and cancels
        OneMessage exchange = new OneMessage(this, message, receiver, new CancellationSource());
        if (payload instanceof JsonRpcMessage.Request request) {
          serve(request, exchange);
        } else if (payload instanceof JsonRpcMessage.Notification notification) {
          Era era =
              RequestMeta.isModern(notification.params().get("_meta")) ? Era.MODERN : Era.LEGACY;
          server.notified(era, notification, exchange);
        }
      } catch (MalformedMessageException e) {
        receiver.received(onTheWire(e.failure()));
      }
    }

    private void serve(JsonRpcMessage.Request request, OneMessage exchange) {
      begin(exchange.cancellation, request.id());
      exchange.receiver.sent();
      JsonRpcMessage.Response answer =
          server.admit(server.eraOf(request, null), request, exchange).run();
      end(exchange.cancellation);
      if (request.method().equals("initialize")) {
        startChanges(server);
      }
      if (!exchange.cancellation.isCancelled()) {
        exchange.receiver.received(onTheWire(answer));
      } else {
        Thread.interrupted(); // this thread ends
      }
    }

    JsonRpcMessage.Response ask(
        String method, ObjectNode params, Cancellation call, Receiver receiver)
        throws InterruptedException {
      return request(method, params, call, question -> receiver.received(onTheWire(question)));
    }
  }

  /** One message being served. */
  private record OneMessage(
      Link link, Outgoing message, Receiver receiver, CancellationSource cancellation)
      implements Exchange {
    @Override
    public void send(JsonRpcMessage.Notification notification) {
      receiver.received(onTheWire(notification));
    }

    @Override
    public boolean isLive() {
      return true;
    }

    @Override
    public Cancellation ending() {
      return link.ending;
    }

    @Override
    public Caller caller() {
      return message.caller();
    }

    @Override
    public Attributes attributes() {
      return message.attributes();
    }

    @Override
    public Map<String, List<String>> headers() {
      Map<String, List<String>> all = new TreeMap<>();
      message
          .headers()
          .forEach((name, value) ->
              all.put(name.toLowerCase(Locale.ROOT), new ArrayList<>(List.of(value))));
      return all;
    }

    @Override
    public JsonRpcMessage.Response request(String method, ObjectNode params, Cancellation call)
        throws InterruptedException {
      return link.ask(method, params, call, receiver);
    }

    @Override
    public Optional<LegacyConnection> connection() {
      return Optional.of(link);
    }
  }
}
