package dev.statelessmcp.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;

/**
 * The capabilities that a client declares. In the modern era they come with every request. In the
 * legacy era they come with {@code initialize}: without a connection that remembers it, a client
 * counts as supporting nothing.
 *
 * <pre>{@code
 * boolean asksUser = capabilities.has("elicitation", "form");
 * }</pre>
 *
 * @param json the wire form; not null, must not be changed
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/schema#clientcapabilities">ClientCapabilities</a>
 */
public record ClientCapabilities(ObjectNode json) {

  /** The capabilities of a client that declares none. */
  public static final ClientCapabilities NONE = new ClientCapabilities(Json.object());

  /**
   * Returns whether a capability is declared.
   *
   * @param path the member names from the root to the capability, such as {@code "elicitation",
   *     "url"}; not null
   * @return true if the value at the path is an object
   */
  public boolean has(String... path) {
    JsonNode node = json;
    for (String name : path) {
      node = node.path(name);
    }
    return node.isObject();
  }
}
