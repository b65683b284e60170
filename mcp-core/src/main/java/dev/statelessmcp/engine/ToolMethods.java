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
final class ToolMethods implements McpMethod {
  private final ServerDefinition server;

  ToolMethods(ServerDefinition server) {
    this.server = server;
  }

  void addTo(MethodTable table) {
    table.with("tools/list", this).with("tools/call", this);
  }

  @Override
  public ObjectNode serve(ServerCall call) throws Exception {
    return call.request().method().equals("tools/list") ? list(call) : call(call);
  }

  private ObjectNode list(ServerCall call) throws Exception {
    return Lists.list(call, server.tools(), "tools", server.pageSize());
  }

  private ObjectNode call(ServerCall call) throws Exception {
    String name = Params.text(call.params(), "name");
    Tool tool = server.tools().find(name, call.exchange().caller()).orElse(null);
    if (tool == null) {
      throw McpException.invalidParams("Unknown tool: " + name);
    }
    ObjectNode arguments = arguments(call.params());
    try (RunningCall.OfTool running = new RunningCall.OfTool(call, server, tool.asks())) {
      try {
        return tool.call(arguments, running).toJson();
      } finally {
        running.throwIfAsked();
      }
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
