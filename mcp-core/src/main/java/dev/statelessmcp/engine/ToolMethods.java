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

  private ToolMethods() {}

  static ObjectNode list(ServedRequest call) throws Exception {
    return Lists.list(call, call.server().tools(), "tools");
  }

  static ObjectNode call(ServedRequest call) throws Exception {
    String name = Params.text(call.params(), "name");
    Tool tool = call.tool();
    if (tool == null) {
      throw McpException.invalidParams("Unknown tool: " + name);
    }
    call.require(tool);
    ObjectNode arguments = arguments(call.params());
    try (HandlerCall.OfTool running = new HandlerCall.OfTool(call, Asks.of(tool), name)) {
      try {
        return running.withMeta(
            call.server().extensions().isEmpty()
                ? complete(tool.call(arguments, running))
                : ToolCallHooks.call(tool, arguments, running, call));
      } finally {
        running.throwIfAsked();
      }
    } catch (UnansweredException e) { // before the handler ran
      return ToolResult.error(String.valueOf(e.getMessage())).toJson();
    }
  }

  /** The result of a tool, which must not have a type of extensions. */
  static ObjectNode complete(ToolResult result) {
    if (!result.resultType().equals("complete")) {
      throw new IllegalStateException(
          "only an extension may answer with resultType " + result.resultType());
    }
    return result.toJson();
  }

  private static ObjectNode arguments(ObjectNode params) {
    JsonNode arguments = Params.get(params, "arguments");
    if (arguments == null) {
      return Json.object();
    }
    if (!(arguments instanceof ObjectNode object)) {
      throw McpException.invalidParams("params.arguments must be an object");
    }
    return object;
  }
}
