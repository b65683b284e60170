package dev.statelessmcp.stdio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.protocol.ProtocolVersion;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.testing.TestTools;
import dev.statelessmcp.testing.Waiting;
import dev.statelessmcp.tool.ToolResult;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** One pipe carries both eras, and remembers what {@code initialize} agreed upon. */
class BothErasTest {
  /** Says which revision and which client it was called by. */
  private final McpServer server = TestTools.server(TestTools.tool(
      "who",
      (none, call) -> ToolResult.text(call.meta().version()
          + " "
          + call.meta().clientInfo().map(info -> info.name()).orElse("nobody"))));

  @Test
  void erasTakeTurnsOnOnePipe() {
    McpTestClient modern = McpTestClient.of(PipedServer.of(server));
    try (McpTestClient legacy = modern.version(ProtocolVersion.V2025_06_18)) {
      legacy.call("who").hasText("2025-06-18 mcp-test").has("/resultType", null);
      legacy
          .meta(Messages.modernMeta())
          .call("who")
          .hasText("2026-07-28 test")
          .has("/resultType", "complete");
      legacy.raw("server/discover", Json.object()).hasError(ErrorCode.INVALID_PARAMS);
      legacy.call("who").hasText("2025-06-18 mcp-test").has("/resultType", null);
    }
  }

  @Test
  void modernRequestsNeedNoHandshake() {
    try (McpTestClient client = McpTestClient.of(PipedServer.of(server))) {
      client.call("who").hasText("2026-07-28 mcp-test");
    }
  }

  @Test
  void connectionsDoNotShareWhatWasAgreed() throws Exception {
    StdioTransport transport = StdioTransport.of(server);
    try (StdioClient first = StdioClient.of(transport);
        StdioClient second = StdioClient.of(transport)) {
      first.send(Messages.initialize("1", "2025-11-25"));
      assertTrue(first.receive().has("result"));
      second.send(Messages.legacyCall("1", "who", "{}"));
      assertEquals(ProtocolVersion.ASSUMED_LEGACY + " nobody", Messages.text(second.receive()));
      first.send(Messages.legacyCall("2", "who", "{}"));
      assertEquals("2025-11-25 test", Messages.text(first.receive()));
    }
  }

  @Test
  void batchIsAnsweredByOneArrayAfterARevisionThatHasBatches() throws Exception {
    try (StdioClient client = StdioClient.of(server)) {
      client.send(Messages.initialize("1", "2025-03-26"));
      assertTrue(client.receive().has("result"));
      client.send("["
          + Messages.ping("2")
          + ","
          + Messages.legacyCall("\"three\"", "who", "{}")
          + ",{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}"
          + ",{\"jsonrpc\":\"1.0\",\"id\":4,\"method\":\"ping\"}]");
      JsonNode answers = client.receive();
      assertTrue(answers.isArray(), answers::toString);
      assertEquals(3, answers.size(), answers::toString);
      assertEquals(2, answers.get(0).get("id").intValue());
      assertEquals("2025-03-26 test", Messages.text(answers.get(1)));
      assertEquals(-32600, answers.get(2).at("/error/code").intValue());
    }
  }

  @Test
  void batchOfNotificationsIsNotAnswered() throws Exception {
    try (StdioClient client = StdioClient.of(server)) {
      client.send(Messages.initialize("1", "2025-03-26"));
      assertTrue(client.receive().has("result"));
      client.send("[{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}]");
      assertEquals(List.of(), client.rest());
    }
  }

  @Test
  void batchIsRefusedAsAWholeAfterARevisionThatHasNone() throws Exception {
    for (String version : List.of("2025-06-18", "2025-11-25")) {
      try (StdioClient client = StdioClient.of(server)) {
        client.send(Messages.initialize("1", version));
        assertTrue(client.receive().has("result"));
        client.send("[" + Messages.ping("2") + "," + Messages.ping("3") + "]");
        JsonNode refusal = client.receive();
        assertEquals(-32600, refusal.at("/error/code").intValue(), refusal::toString);
        assertFalse(refusal.has("id"), refusal::toString);
        client.send(Messages.ping("4"));
        assertEquals(4, client.receive().get("id").intValue());
      }
    }
  }

  /** Like scripts that write their whole input at once. */
  @Test
  void messagesAfterInitializeUseItsRevisionWithoutWaitingForTheAnswer() throws Exception {
    for (int i = 0; i < 100; i++) {
      try (StdioClient client = StdioClient.of(server)) {
        client.send(Messages.initialize("1", "2025-11-25"), Messages.legacyCall("2", "who", "{}"));
        Map<String, JsonNode> answers = client.receiveById(2);
        assertEquals("2025-11-25 test", Messages.text(answers.get("2")));
      }
    }
  }

  @Test
  void batchDoesNotKeepTheNextLinesWaiting() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    McpServer waiting = TestTools.server(TestTools.tool("wait", (none, call) -> {
      Waiting.await(release);
      return ToolResult.text("done");
    }));
    try (StdioClient client = StdioClient.of(waiting)) {
      client.send("[" + Messages.legacyCall("1", "wait", "{}") + "]", Messages.ping("2"));
      assertEquals(2, client.receive().get("id").intValue());
      release.countDown();
      assertEquals("done", Messages.text(client.receive().get(0)));
    }
  }
}
