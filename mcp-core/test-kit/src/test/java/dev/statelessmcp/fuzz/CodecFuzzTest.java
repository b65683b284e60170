package dev.statelessmcp.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.fixtures.FixtureAnswer;
import dev.statelessmcp.fixtures.FixtureServer;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.json.JsonLimits;
import dev.statelessmcp.json.JsonSyntaxException;
import dev.statelessmcp.jsonrpc.JsonRpcCodec;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.JsonRpcPayload;
import dev.statelessmcp.jsonrpc.MalformedMessageException;
import dev.statelessmcp.protocol.ProtocolVersion;
import dev.statelessmcp.protocol.RequestMeta;
import dev.statelessmcp.testing.SilentLog;
import dev.statelessmcp.transport.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Messages that are nearly right, from bytes through the codec and the server to bytes. */
@ExtendWith(SilentLog.class)
class CodecFuzzTest {

  @Test
  void everyMessageIsAnsweredByTheRules() throws Exception {
    Map<String, List<FuzzTarget>> targets = new TreeMap<>();
    for (String server : FixtureServer.NAMES) {
      targets.put(server, List.of(new Direct(FixtureServer.create(server), server)));
    }
    Fuzz.run("the codec", 30, targets);
  }

  /** A connection without frames, which knows the revision of its client. */
  private record Direct(McpServer server, String name) implements FuzzTarget {
    private static final JsonRpcCodec CODEC = new JsonRpcCodec(JsonLimits.DEFAULT);

    @Override
    public boolean http() {
      return false;
    }

    @Override
    public String legacyVersion(FuzzMessage message) {
      return message.modern() ? "2025-03-26" : message.version();
    }

    @Override
    public FixtureAnswer send(FuzzMessage message) throws JsonSyntaxException {
      List<JsonNode> notifications = new ArrayList<>();
      RequestMeta client = message.modern()
          ? RequestMeta.UNKNOWN
          : RequestMeta.of(ProtocolVersion.of(message.version()).orElseThrow());
      JsonNode answer = answer(message.body(), new Collecting(client, notifications));
      return FixtureAnswer.withoutHttp(notifications, answer);
    }

    private JsonNode answer(byte[] body, Exchange exchange) throws JsonSyntaxException {
      JsonRpcPayload payload;
      try {
        payload = CODEC.read(body);
      } catch (MalformedMessageException e) {
        return e.isAnswered() ? onTheWire(JsonRpcCodec.toJson(e.failure())) : null;
      }
      if (payload instanceof JsonRpcPayload.Batch batch) {
        JsonNode answer = server.port().serve(batch, exchange).orElse(null);
        return answer == null ? null : onTheWire(answer);
      }
      JsonRpcMessage message = (JsonRpcMessage) payload;
      assertEquals(
          JsonRpcCodec.toJson(message), onTheWire(JsonRpcCodec.toJson(message)), "what is written");
      return message instanceof JsonRpcMessage.Request request
          ? onTheWire(JsonRpcCodec.toJson(server.handle(request, exchange)))
          : null;
    }

    /** As the client reads it. */
    private static JsonNode onTheWire(JsonNode message) throws JsonSyntaxException {
      return Json.read(Json.write(message), new JsonLimits(64 << 20, 1000, 64 << 20));
    }
  }

  private record Collecting(RequestMeta legacyClient, List<JsonNode> notifications)
      implements Exchange {

    @Override
    public void send(JsonRpcMessage.Notification notification) {
      notifications.add(JsonRpcCodec.toJson(notification));
    }
  }
}
