package dev.statelessmcp.stdio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.testing.RecordedLog;
import dev.statelessmcp.testing.TestTools;
import dev.statelessmcp.tool.ToolException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A line for each request and each refusal, and what is answered where a process is in trouble. */
class LogsTest {
  private final RecordedLog log = RecordedLog.ofRequests();
  private final RecordedLog failures = RecordedLog.ofFailures();

  @AfterEach
  void close() {
    log.close();
    failures.close();
  }

  private static McpServer server(boolean logs) {
    return McpServer.named("n", "1")
        .requestLog(logs)
        .tool(TestTools.echo())
        .tool(TestTools.tool("refuses", (none, call) -> {
          throw new ToolException("hunter2");
        }))
        .tool(TestTools.tool("memory", (none, call) -> {
          throw new OutOfMemoryError("not really");
        }))
        .tool(TestTools.tool("deep", (none, call) -> {
          throw new StackOverflowError();
        }))
        .build();
  }

  @Test
  void eachCallAndEachRefusalHasALine() throws Exception {
    try (StdioClient client = StdioClient.of(server(true))) {
      client.send(Messages.initialize("0", "2025-11-25"));
      client.receive();
      client.send(Messages.legacyCall("1", "echo", "{\"text\":\"hunter2\"}"));
      client.receive();
      client.send(Messages.legacyCall("2", "refuses", "{}"));
      client.receive();
      client.send("{\"jsonrpc\":\"2.0\",\"method\":\"no\\nsuch\"}");
      client.send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\",\"params\":5}");
      client.send("{\"text\":");
      client.receive();
      client.send("{\"jsonrpc\":\"2.0\",\"id\":\"a\\nb\",\"method\":\"no/such\"}");
      client.receive();
    }
    String end = " transport=stdio era=legacy";
    String known = end + " revision=2025-11-25 client=\"test 1\"";
    assertEquals(
        List.of(
            "INFO method=initialize outcome=ok requestId=0" + end + " revision=2025-11-25",
            "INFO method=tools/call tool=echo outcome=ok requestId=1" + known,
            "WARNING method=tools/call tool=refuses outcome=tool_error requestId=2" + known,
            "FINE method=no\\nsuch outcome=ok" + end,
            "WARNING outcome=refused errorCode=-32602"
                + " reason=\"Invalid params: params must be an object\"" + end),
        log.lines(7).subList(0, 5));
    String unreadable = log.lines().get(5);
    assertTrue(
        unreadable.startsWith("WARNING outcome=refused errorCode=-32700 reason=\"Parse error"),
        unreadable);
    assertEquals(
        "WARNING method=no/such outcome=refused errorCode=-32601"
            + " reason=\"Method not found: no/such\" requestId=a\\nb" + known,
        log.lines().get(6));
  }

  @Test
  void nothingIsLoggedIfTheLogIsOff() throws Exception {
    try (StdioClient client = StdioClient.of(server(false))) {
      client.send(Messages.legacyCall("1", "echo", "{\"text\":\"a\"}"));
      client.receive();
      client.send("x");
      client.receive();
    }
    assertEquals(List.of(), log.lines());
  }

  @Test
  void anExhaustedHeapOrStackIsAnsweredWithTheIdAndLogged() throws Exception {
    McpTestClient modern = McpTestClient.of(PipedServer.of(server(false)));
    int calls = 0;
    for (McpTestClient client : List.of(modern, modern.legacy())) {
      try (client) {
        for (String tool : List.of("memory", "deep")) {
          client.call(tool).hasError(ErrorCode.INTERNAL_ERROR);
          List<String> lines = failures.lines(++calls);
          assertTrue(
              lines.get(calls - 1).endsWith(": tools/call " + tool + " failed"), lines::toString);
        }
      }
    }
  }
}
