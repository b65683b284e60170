package dev.statelessmcp.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.RequestId;
import dev.statelessmcp.protocol.Era;
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

  private void call(String method, String tool) {
    ObjectNode params = Json.object().put("name", tool);
    params.putObject("arguments").put("text", "hi");
    ObjectNode meta = params.putObject("_meta");
    meta.put("io.modelcontextprotocol/protocolVersion", "2026-07-28");
    meta.putObject("io.modelcontextprotocol/clientInfo").put("name", "t").put("version", "1");
    meta.putObject("io.modelcontextprotocol/clientCapabilities");
    server
        .port()
        .admit(
            Era.MODERN,
            new JsonRpcMessage.Request(RequestId.of(1), method, params),
            new Exchange() {
              @Override
              public String transport() {
                return "stdio";
              }
            })
        .run();
  }

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
    call("tools/call", "echo");
    call("tools/call", "echo");
    assertEquals(2, timer().count());
    assertEquals("tools/call", tag("mcp.method.name"));
    assertEquals("echo", tag("gen_ai.tool.name"));
    assertEquals("", tag("gen_ai.prompt.name"));
    assertEquals("2026-07-28", tag("mcp.protocol.version"));
    assertEquals("pipe", tag("network.transport"));
    assertEquals("", tag("error.type"));
  }

  @Test
  void failureOfAToolIsAnError() {
    call("tools/call", "fail");
    assertEquals("tool_error", tag("error.type"));
    assertEquals("fail", tag("gen_ai.tool.name"));
  }

  @Test
  void unknownNamesHaveNoSeriesOfTheirOwn() {
    call("tools/call", "made-up-1");
    call("tools/call", "made-up-2");
    assertEquals(2, timer().count());
    assertEquals("", tag("gen_ai.tool.name"));
    assertEquals("-32602", tag("rpc.response.status_code"));
    assertEquals("", tag("error.type")); // what the client got wrong
  }

  @Test
  void unknownMethodsHaveNoSeriesOfTheirOwn() {
    call("made/up/1", "x");
    call("made/up/2", "x");
    assertEquals(2, timer().count());
    assertEquals("_OTHER", tag("mcp.method.name"));
  }
}
