package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.McpException;
import dev.statelessmcp.tool.Tool;

/**
 * {@code tools/list} and {@code tools/call}, the same in both eras.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/server/tools">Tools</a>
 */
public final class ToolMethods {
  private final ToolRegistry tools;

  /**
   * The methods of some tools.
   *
   * @param tools the tools
   */
  public ToolMethods(ToolRegistry tools) {
    this.tools = tools;
  }

  /**
   * Puts the methods into a table; without a tool they do not exist.
   *
   * @param table the table
   */
  public void addTo(MethodTable table) {
    if (!tools.isEmpty()) {
      table.with("tools/list", this::list).with("tools/call", this::call);
    }
  }

  private ObjectNode list(ServerCall call) {
    if (call.params().hasNonNull("cursor")) {
      // All tools are on the first page, so no cursor was ever given out.
      throw McpException.invalidParams("params.cursor is not one that this server gave out");
    }
    ObjectNode result = Json.object();
    result.set("tools", tools.definitions());
    return result;
  }

  private ObjectNode call(ServerCall call) throws Exception {
    JsonNode name = call.params().get("name");
    if (name == null || !name.isTextual()) {
      throw McpException.invalidParams(
          name == null ? "params.name is required" : "params.name must be a string");
    }
    Tool tool = tools.find(name.textValue());
    if (tool == null) {
      throw McpException.invalidParams("Unknown tool: " + name.textValue());
    }
    try (RunningToolCall toolCall = new RunningToolCall(tool.name(), call)) {
      return tool.call(arguments(call.params()), toolCall).toJson();
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
