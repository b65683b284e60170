package dev.statelessmcp.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.http.HttpVersion;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.RequestId;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolException;
import dev.statelessmcp.tool.ToolResult;
import dev.statelessmcp.transport.Exchange;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Collection;
import org.junit.jupiter.api.Test;

class McpMetricsTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final McpServer server = McpServer.named("test", "1")
      .observer(McpMetrics.of(registry))
      .tool(Tool.of("echo", "Echoes", Text.class, (in, call) -> ToolResult.text(in.text())))
      .tool(Tool.of("fail", "Fails", Text.class, (in, call) -> {
        throw new ToolException("no");
      }))
      .build();

  record Text(String text) {}

  private final McpTestClient client = McpTestClient.of(server);

  private Timer timer() {
    Collection<Timer> found = registry.find("mcp.server.operation.duration").timers();
    assertEquals(1, found.size(), found::toString);
    return found.iterator().next();
  }

  private String tag(String name) {
    return timer().getId().getTag(name);
  }

  @Test
  void callIsTimed() {
    client.call("echo", new Text("hi")).isOk();
    client.call("echo", new Text("hi")).isOk();
    assertEquals(2, timer().count());
    assertEquals("tools/call", tag("mcp.method.name"));
    assertEquals("echo", tag("gen_ai.tool.name"));
    assertEquals("", tag("gen_ai.prompt.name"));
    assertEquals("2026-07-28", tag("mcp.protocol.version"));
    assertEquals("", tag("error.type"));
  }

  @Test
  void transportIsNamed() {
    server.handle(
        new JsonRpcMessage.Request(RequestId.of(1), "ping", Json.object()), new Exchange() {
          @Override
          public String transport() {
            return "stdio";
          }
        });
    assertEquals("pipe", tag("network.transport"));
    assertEquals("", tag("network.protocol.name"));
    assertEquals("", tag("network.protocol.version"));
  }

  @Test
  void protocolIsNamedWithItsVersion() {
    client
        .attribute(HttpVersion.class, HttpVersion.HTTP_1_1)
        .call("echo", new Text("hi"))
        .isOk();
    assertEquals("tcp", tag("network.transport"));
    assertEquals("http", tag("network.protocol.name"));
    assertEquals("1.1", tag("network.protocol.version"));
  }

  @Test
  void failureOfAToolIsAnError() {
    client.call("fail", new Text("hi")).hasToolError("no");
    assertEquals("tool_error", tag("error.type"));
    assertEquals("fail", tag("gen_ai.tool.name"));
  }

  @Test
  void unknownNamesHaveNoSeparateSeries() {
    client.call("made-up-1").hasError(-32602);
    client.call("made-up-2").hasError(-32602);
    assertEquals(2, timer().count());
    assertEquals("", tag("gen_ai.tool.name"));
    assertEquals("-32602", tag("rpc.response.status_code"));
    assertEquals("", tag("error.type")); // what the client got wrong
  }

  @Test
  void unknownMethodsHaveNoSeparateSeries() {
    client.request("made/up/1", Json.object()).hasError(-32601);
    client.request("made/up/2", Json.object()).hasError(-32601);
    assertEquals(2, timer().count());
    assertEquals("_OTHER", tag("mcp.method.name"));
  }
}
