package dev.statelessmcp.extension;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolCall;
import dev.statelessmcp.tool.ToolResult;
import org.jspecify.annotations.Nullable;

/**
 * Decides for each call of a tool whether an extension answers it. Implementations must be
 * thread-safe.
 *
 * <p>A hook may run the tool itself with {@link Tool#call}, on any thread. A run that outlives the
 * request needs another {@link ToolCall}: the one passed here ends and is cancelled with the
 * request, and sends nothing afterwards.
 */
@FunctionalInterface
public interface ToolCallHook {

  /**
   * Answers a call, or leaves it to the tool.
   *
   * @param tool the tool that is called; visible to the caller
   * @param arguments the arguments, not validated yet; must not be changed
   * @param call the request; {@link ToolCall#meta()} has the capabilities of the client
   * @return the answer, of a {@code resultType} that the extension declares; null to run the tool
   *     as without the extension
   * @throws Exception {@code McpException} for an error that the client gets
   */
  @Nullable
  ToolResult call(Tool tool, ObjectNode arguments, ToolCall call) throws Exception;
}
