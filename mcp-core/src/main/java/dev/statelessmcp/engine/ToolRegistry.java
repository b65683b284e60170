package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.tool.Tool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tools of a server, in the order in which they were added. Immutable. */
public final class ToolRegistry {
  private final Map<String, Tool> tools = new LinkedHashMap<>();
  private final ArrayNode definitions = Json.array();

  /**
   * Makes the definitions once, since deriving schemas is work for the start.
   *
   * @param tools the tools
   * @throws IllegalArgumentException if two have the same name
   */
  public ToolRegistry(List<Tool> tools) {
    for (Tool tool : tools) {
      if (this.tools.put(tool.name(), tool) != null) {
        throw new IllegalArgumentException("there are two tools named \"" + tool.name() + "\"");
      }
      definitions.add(tool.toJson());
    }
  }

  boolean isEmpty() {
    return tools.isEmpty();
  }

  /** The tool of that name; null if there is none. */
  Tool find(String name) {
    return tools.get(name);
  }

  /** All definitions; shared, and only ever read. */
  ArrayNode definitions() {
    return definitions;
  }
}
