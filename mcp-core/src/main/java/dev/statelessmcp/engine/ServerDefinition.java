package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.Implementation;

/**
 * What a server is made of. Immutable.
 *
 * @param info its name and version
 * @param instructions how to use it, for the model; null for none
 * @param tools its tools
 */
public record ServerDefinition(Implementation info, String instructions, ToolRegistry tools) {

  /**
   * What the server can do, for {@code server/discover} and {@code initialize}.
   *
   * @return a new object
   */
  public ObjectNode capabilities() {
    ObjectNode capabilities = Json.object();
    if (!tools.isEmpty()) {
      capabilities.putObject("tools");
    }
    return capabilities;
  }
}
