package dev.statelessmcp.engine;

import java.util.HashMap;
import java.util.Map;

/** The methods that a server has in one era. What is not in the table does not exist. */
public final class MethodTable {
  private final Map<String, McpMethod> methods = new HashMap<>();

  /** An empty table. */
  public MethodTable() {}

  /**
   * Adds a method.
   *
   * @param name its name on the wire
   * @param method what serves it
   * @return this
   */
  public MethodTable with(String name, McpMethod method) {
    methods.put(name, method);
    return this;
  }

  /** The method of that name; null if there is none. */
  McpMethod find(String name) {
    return methods.get(name);
  }
}
