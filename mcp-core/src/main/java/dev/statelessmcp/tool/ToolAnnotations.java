package dev.statelessmcp.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;

/**
 * Hints about what a tool does, for the client's user interface. Null means that nothing is said,
 * which is not the same as false. Immutable.
 *
 * @param readOnlyHint it changes nothing
 * @param destructiveHint it may delete or overwrite, rather than only add
 * @param idempotentHint calling it again with the same arguments changes nothing more
 * @param openWorldHint it touches things outside a closed domain, such as the web
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/schema#toolannotations">ToolAnnotations</a>
 */
public record ToolAnnotations(
    Boolean readOnlyHint, Boolean destructiveHint, Boolean idempotentHint, Boolean openWorldHint) {

  /** A tool that only reads. */
  public static final ToolAnnotations READ_ONLY = new ToolAnnotations(true, null, null, null);

  /**
   * The wire form.
   *
   * @return a new object, without the hints that say nothing
   */
  public ObjectNode toJson() {
    ObjectNode json = Json.object();
    put(json, "readOnlyHint", readOnlyHint);
    put(json, "destructiveHint", destructiveHint);
    put(json, "idempotentHint", idempotentHint);
    put(json, "openWorldHint", openWorldHint);
    return json;
  }

  private static void put(ObjectNode json, String name, Boolean hint) {
    if (hint != null) {
      json.put(name, hint);
    }
  }
}
