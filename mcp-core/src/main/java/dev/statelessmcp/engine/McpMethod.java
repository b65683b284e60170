package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Serves the requests of one method. */
@FunctionalInterface
public interface McpMethod {

  /**
   * Serves one request.
   *
   * @param call the request and what belongs to it
   * @return the neutral result, a new object that the era adds its own words to
   * @throws Exception {@code McpException} for the client, anything else is our failure
   */
  ObjectNode serve(ServerCall call) throws Exception;
}
