package dev.statelessmcp.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Call;

/**
 * Everything about one call of a tool but its arguments. Safe from any number of threads, as long
 * as the call lasts.
 */
public interface ToolCall extends Call {

  /**
   * The name by which the tool was called.
   *
   * @return the tool's name
   */
  String name();

  /**
   * Sets metadata of the result, for the client: the way of a tool that answers with a record. It
   * also applies to other results, also to those that are errors, unless they have metadata
   * themselves; see {@link ToolResult#meta}.
   *
   * @param meta becomes {@code _meta} of the result; null for none; not changed later
   */
  void resultMeta(ObjectNode meta);
}
