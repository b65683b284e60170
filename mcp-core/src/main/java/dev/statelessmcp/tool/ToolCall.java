package dev.statelessmcp.tool;

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
}
