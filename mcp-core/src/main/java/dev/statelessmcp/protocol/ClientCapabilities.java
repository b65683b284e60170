package dev.statelessmcp.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;

/**
 * What a client declared to support. In the modern era it comes with every request; without a
 * connection that remembers {@code initialize}, a legacy client is taken to support nothing.
 *
 * @param json the wire form; not null, not to be changed
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/schema#clientcapabilities">ClientCapabilities</a>
 */
public record ClientCapabilities(ObjectNode json) {

  /** A client that declared nothing. */
  public static final ClientCapabilities NONE = new ClientCapabilities(Json.object());

  /**
   * Whether a capability is declared.
   *
   * @param path the names that lead to it, such as {@code "elicitation", "url"}
   * @return true if an object stands there
   */
  public boolean has(String... path) {
    JsonNode node = json;
    for (String name : path) {
      node = node.path(name);
    }
    return node.isObject();
  }
}
