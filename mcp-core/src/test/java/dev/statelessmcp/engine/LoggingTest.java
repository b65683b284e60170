package dev.statelessmcp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Call;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.LogLevel;
import dev.statelessmcp.testing.SilentLog;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolHandler;
import dev.statelessmcp.tool.ToolResult;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Log messages to the client. */
@ExtendWith(SilentLog.class)
class LoggingTest {
  private static McpServer.Builder server(ToolHandler<ObjectNode, ToolResult> handler) {
    return McpServer.named("n", "1")
        .tool(Tool.ofSchema("t", "d", "{\"type\":\"object\"}", handler));
  }

  private static McpServer everyLevel() {
    return server((in, call) -> {
          for (LogLevel level : LogLevel.values()) {
            call.log(level, null, Json.NODES.textNode("x"));
          }
          return ToolResult.text("x");
        })
        .logging()
        .build();
  }

  private static List<String> levels(TestClient client) {
    client.notifications.clear();
    client.result("tools/call", "{'name':'t'}");
    return client.notifications.stream()
        .map(n -> n.params().get("level").textValue())
        .toList();
  }

  @Test
  void eachModernRequestHasItsOwnLevel() {
    TestClient client = new TestClient(everyLevel());
    assertEquals(List.of(), levels(client));
    assertEquals(List.of("alert", "emergency"), levels(client.logLevel("alert")));
    assertEquals(8, levels(client.logLevel("debug")).size());
    assertEquals(List.of(), levels(client.logLevel(null)));
  }

  @Test
  void legacyConnectionRemembersItsLevel() {
    McpServer server = everyLevel();
    TestConnection connection = new TestConnection();
    TestClient client = new TestClient(server).legacy(connection);
    assertEquals(7, levels(client).size());
    client.result("logging/setLevel", "{'level':'critical'}");
    assertEquals(List.of("critical", "alert", "emergency"), levels(client));
    assertEquals(-32602, client.code("logging/setLevel", "{'level':'loud'}"));
    assertEquals(LogLevel.CRITICAL, connection.logLevel());
    assertEquals(7, levels(new TestClient(server).legacy(new TestConnection())).size());
  }

  @Test
  void statelessLegacyClientAlwaysGetsTheDefault() {
    TestClient client = new TestClient(everyLevel()).legacy();
    assertEquals("{}", Json.text(client.result("logging/setLevel", "{'level':'critical'}")));
    assertEquals(7, levels(client).size());
  }

  @Test
  void capabilityIsDeclaredExactlyWhereItIsMeant() {
    McpServer silent = server((in, call) -> ToolResult.text("x")).build();
    assertEquals(
        TestClient.json("{'tools':{}}"),
        new TestClient(silent).result("server/discover", "{}").get("capabilities"));
    assertEquals(
        TestClient.json("{'tools':{},'logging':{}}"),
        new TestClient(everyLevel()).result("server/discover", "{}").get("capabilities"));
    assertEquals(
        -32601, new TestClient(silent).legacy().code("logging/setLevel", "{'level':'info'}"));
    assertEquals(-32601, new TestClient(everyLevel()).code("logging/setLevel", "{'level':'info'}"));
  }

  @Test
  void serverThatDidNotDeclareItLogsNothing() {
    McpServer server = server((in, call) -> {
          call.log(LogLevel.ERROR, null, Json.NODES.textNode("x"));
          return ToolResult.text("x");
        })
        .build();
    TestClient client = new TestClient(server).logLevel("debug");
    assertEquals(-32603, client.code("tools/call", "{'name':'t'}"));
    assertTrue(client.notifications.isEmpty());
  }

  @Test
  void nothingIsSentBehindTheAnswer() {
    AtomicReference<Call> kept = new AtomicReference<>();
    McpServer server = server((in, call) -> {
          kept.set(call);
          return ToolResult.text("x");
        })
        .logging()
        .build();
    TestClient client = new TestClient(server).logLevel("debug");
    client.result("tools/call", "{'name':'t'}");
    kept.get().log(LogLevel.ERROR, "late", Json.NODES.textNode("x"));
    assertTrue(client.notifications.isEmpty());
  }

  @Test
  void levelIsRefusedBeforeAnythingRuns() {
    TestClient client = new TestClient(everyLevel());
    for (String level : List.of("", "INFO", "verbose")) {
      assertEquals(-32602, client.logLevel(level).code("tools/call", "{'name':'t'}"));
    }
    assertTrue(client.notifications.isEmpty());
  }
}
