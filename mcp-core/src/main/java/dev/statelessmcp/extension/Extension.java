package dev.statelessmcp.extension;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Call;
import java.util.Map;

/**
 * An extension of the protocol, for the modern era: an identifier, settings, and methods that exist
 * for clients which declare it. Implementations are safe from any number of threads.
 */
public interface Extension {

  /**
   * The identifier, such as {@code com.example/search}; its prefix is mandatory.
   *
   * @return never null
   */
  String id();

  /**
   * What the server says of it in {@code capabilities.extensions}.
   *
   * @return an object, empty if there is nothing to say
   */
  ObjectNode settings();

  /**
   * The methods that it adds. A client that has not declared the extension gets -32021 for them.
   *
   * @return by name on the wire; none may be one of MCP's own
   */
  Map<String, Method> methods();

  /** Serves the requests of one method. */
  @FunctionalInterface
  interface Method {

    /**
     * Serves a request.
     *
     * @param params the parameters; not to be changed
     * @param call everything else about it
     * @return the result; its {@code resultType} is {@code complete} unless it says another
     * @throws Exception {@code McpException} for the client; anything else is our own failure
     */
    ObjectNode serve(ObjectNode params, Call call) throws Exception;
  }
}
