package dev.statelessmcp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.json.JsonLimits;
import dev.statelessmcp.jsonrpc.JsonRpcCodec;
import dev.statelessmcp.jsonrpc.JsonRpcPayload;
import dev.statelessmcp.jsonrpc.MalformedMessageException;
import dev.statelessmcp.protocol.ProtocolVersion;
import dev.statelessmcp.protocol.RequestMeta;
import dev.statelessmcp.transport.Exchange;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchTest {
  private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"ping\"}";
  private static final McpServer SERVER = McpServer.named("n", "1").build();

  private static String serve(String batch, String version) throws MalformedMessageException {
    Exchange exchange = new Exchange() {
      @Override
      public RequestMeta legacyClient() {
        return RequestMeta.of(ProtocolVersion.of(version).orElseThrow());
      }
    };
    JsonRpcPayload payload =
        new JsonRpcCodec(JsonLimits.DEFAULT).read(batch.getBytes(StandardCharsets.UTF_8));
    Optional<JsonNode> answer = SERVER.port().serve((JsonRpcPayload.Batch) payload, exchange);
    return answer.map(Json::text).orElse("");
  }

  private static String serve(String batch) throws MalformedMessageException {
    return serve(batch, "2025-03-26");
  }

  private static String pong(int id) {
    return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{}}";
  }

  @ParameterizedTest
  @ValueSource(strings = {"2024-11-05", "2025-03-26"})
  void requestsAreAnsweredInOrder(String version) throws MalformedMessageException {
    String batch = "[" + PING.formatted(2) + "," + PING.formatted(1) + "]";
    assertEquals("[" + pong(2) + "," + pong(1) + "]", serve(batch, version));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2025-06-18", "2025-11-25"})
  void laterRevisionsHaveNone(String version) throws MalformedMessageException {
    assertEquals(
        "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32600,\"message\":"
            + "\"Invalid request: revision " + version + " has no JSON-RPC batches\"}}",
        serve("[" + PING.formatted(1) + "]", version));
  }

  @Test
  void notificationsAndResponsesAreNotAnswered() throws MalformedMessageException {
    assertEquals(
        "",
        serve("[{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"},"
            + "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}]"));
  }

  /** JSON-RPC 4.1: "The Server MUST NOT reply to a Notification, including … a batch request." */
  @Test
  void notificationWithWrongParamsIsNotAnsweredEither() throws MalformedMessageException {
    String batch = "[{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\",\"params\":[]},"
        + PING.formatted(1)
        + "]";
    assertEquals("[" + pong(1) + "]", serve(batch));
  }

  /** JSON-RPC 7, "rpc call with invalid Batch (but not empty)". */
  @Test
  void invalidElementDoesNotAffectOthers() throws MalformedMessageException {
    String invalid = "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32600,"
        + "\"message\":\"Invalid request: a message must be an object\"}}";
    assertEquals("[" + invalid + "]", serve("[1]"));
    assertEquals(
        "[" + invalid + "," + pong(1) + "," + invalid + "]",
        serve("[1," + PING.formatted(1) + ",[]]"));
  }

  @Test
  void initializeAndModernRequestsAreRefusedInABatch() throws MalformedMessageException {
    String answer = serve("[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\"},"
        + "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"server/discover\"},"
        + PING.formatted(3)
        + "]");
    assertEquals(2, answer.split("must not be part of a batch", -1).length - 1, answer);
    assertTrue(answer.endsWith(pong(3) + "]"), answer);
  }

  @Test
  void batchHasAtMost100Messages() throws MalformedMessageException {
    String ping = PING.formatted(1) + ",";
    assertTrue(serve("[" + ping.repeat(99) + PING.formatted(1) + "]").startsWith("[" + pong(1)));
    assertTrue(serve("[" + ping.repeat(100) + PING.formatted(1) + "]")
        .contains("a batch may have at most 100 messages"));
  }
}
