package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.input.UnansweredException;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.McpException;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;

/**
 * {@code tools/list} and {@code tools/call}, the same in both eras.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/server/tools">Tools</a>
 */
final class ToolMethods {
  private final ServerDefinition server;

  ToolMethods(ServerDefinition server) {
    this.server = server;
  }

  /** Puts the methods into a table; without a tool they do not exist. */
  void addTo(MethodTable table) {
    if (server.tools() != null) {
      table.with("tools/list", this::list).with("tools/call", this::call);
    }
  }

  private ObjectNode list(ServerCall call) throws Exception {
    return Lists.list(call, server.tools(), "tools", server.pageSize());
  }

  private ObjectNode call(ServerCall call) throws Exception {
    String name = Params.text(call.params(), "name");
    Tool tool = server
        .tools()
        .find(name, call.exchange().caller())
        .orElseThrow(() -> McpException.invalidParams("Unknown tool: " + name));
    ObjectNode arguments = arguments(call.params());
    try (RunningCall.OfTool running = new RunningCall.OfTool(call, server, tool.asks())) {
      return running.run(() -> tool.call(arguments, running)).toJson();
    } catch (UnansweredException e) { // before the handler ran
      return ToolResult.error(e.getMessage()).toJson();
    }
  }

  private static ObjectNode arguments(ObjectNode params) {
    JsonNode arguments = params.get("arguments");
    if (arguments == null || arguments.isNull()) {
      return Json.object(); // "arguments" is optional, and some clients send null for none
    }
    if (!(arguments instanceof ObjectNode object)) {
      throw McpException.invalidParams("params.arguments must be an object");
    }
    return object;
  }
}
