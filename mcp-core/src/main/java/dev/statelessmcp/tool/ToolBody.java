package dev.statelessmcp.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.binding.Problems;
import org.jspecify.annotations.Nullable;

/** Checks the arguments of a tool, runs its handler and turns what it returns into a result. */
interface ToolBody {

  /** The schema of the arguments. */
  ObjectNode inputSchema();

  /** The schema of the structured content; null if there is none. */
  @Nullable
  ObjectNode outputSchema();

  /** Runs the handler; null if there are problems with the arguments. */
  @Nullable
  ToolResult run(ObjectNode arguments, ToolCall call, Problems problems) throws Exception;
}
