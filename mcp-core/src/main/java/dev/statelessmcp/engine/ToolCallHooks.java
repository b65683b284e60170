package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.extension.Extension;
import dev.statelessmcp.extension.ToolCallHook;
import dev.statelessmcp.protocol.Era;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;

/** Calls of tools on servers with extensions, which may answer with another {@code resultType}. */
final class ToolCallHooks {

  private ToolCallHooks() {}

  static ObjectNode call(
      Tool tool, ObjectNode arguments, HandlerCall.OfTool running, ServedRequest call)
      throws Exception {
    for (Extension extension : call.server().extensions()) {
      ToolCallHook hook = extension.toolCallHook().orElse(null);
      ToolResult result = hook == null ? null : hook.call(tool, arguments, running);
      if (result != null) {
        check(result, extension, call);
        return result.toJson();
      }
    }
    return ToolMethods.complete(tool.call(arguments, running));
  }

  /**
   * "resultType … extensions MAY define additional values", which only clients that declared the
   * extension can read.
   */
  private static void check(ToolResult result, Extension extension, ServedRequest call) {
    if (result.resultType().equals("complete")) {
      return;
    }
    boolean declared = call.era() == Era.MODERN
        && call.meta().clientCapabilities().has("extensions", extension.id());
    if (!declared || !extension.resultTypes().contains(result.resultType())) {
      throw new IllegalStateException("extension "
          + extension.id()
          + " answered with resultType "
          + result.resultType()
          + (declared ? ", which it does not declare" : ", but the client did not declare it"));
    }
  }
}
