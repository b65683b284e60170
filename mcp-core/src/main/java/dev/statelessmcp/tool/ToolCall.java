package dev.statelessmcp.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Call;

/** One call of a tool, without its arguments. Thread-safe while the call lasts. */
public interface ToolCall extends Call {

  /**
   * The name by which the tool was called.
   *
   * @return the tool's name
   */
  String name();

  /**
   * Sets metadata of the result, for the client. Tools that answer with a record use this. It also
   * applies to other results, including errors, unless they have their own metadata; see
   * {@link ToolResult#meta}.
   *
   * @param meta becomes {@code _meta} of the result; null for none; not changed later
   */
  void resultMeta(ObjectNode meta);
}
