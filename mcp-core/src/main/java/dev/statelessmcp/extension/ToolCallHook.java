package dev.statelessmcp.extension;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolCall;
import dev.statelessmcp.tool.ToolResult;
import org.jspecify.annotations.Nullable;

/**
 * Decides for each call of a tool whether an extension answers it. Implementations are safe from
 * any number of threads.
 *
 * <p>A hook may run the tool itself, by {@link Tool#call}, on any thread and for as long as it
 * takes. What outlives the request needs a {@link ToolCall} of the hook's own: the one given here
 * ends with the request, is cancelled with it, and sends nothing afterwards.
 */
@FunctionalInterface
public interface ToolCallHook {

  /**
   * Answers a call, or leaves it to the tool.
   *
   * @param tool the tool that is called; visible to the caller
   * @param arguments the arguments, not checked yet; must not be changed
   * @param call the request: what the client declares is in {@link ToolCall#meta()}
   * @return the answer, of a {@code resultType} that the extension declares; null to run the tool
   *     as without the extension
   * @throws Exception {@code McpException} for an error that the client gets
   */
  @Nullable
  ToolResult call(Tool tool, ObjectNode arguments, ToolCall call) throws Exception;
}
