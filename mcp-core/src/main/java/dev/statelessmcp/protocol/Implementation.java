package dev.statelessmcp.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.util.Objects;

/**
 * What a client or a server says about its software. It is self-reported and not verified: for
 * display and logs, never for decisions.
 *
 * @param name the programmatic name; not null
 * @param version its version; not null
 * @param title a name for people, or null
 * @param description what it does, or null
 * @param websiteUrl where to read more, or null
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/schema#implementation">Implementation</a>
 */
public record Implementation(
    String name, String version, String title, String description, String websiteUrl) {

  /**
   * Checks the required parts.
   *
   * @param name the programmatic name; not null
   * @param version its version; not null
   * @param title a name for people, or null
   * @param description what it does, or null
   * @param websiteUrl where to read more, or null
   * @throws NullPointerException if name or version is null
   */
  public Implementation {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(version, "version");
  }

  /**
   * Name and version only.
   *
   * @param name the programmatic name; not null
   * @param version its version; not null
   */
  public Implementation(String name, String version) {
    this(name, version, null, null, null);
  }

  /**
   * Reads the wire form.
   *
   * @param node an object; may be null
   * @return the implementation; null if the node is no object with the strings name and version
   */
  public static Implementation from(JsonNode node) {
    if (node == null || !node.path("name").isTextual() || !node.path("version").isTextual()) {
      return null;
    }
    return new Implementation(
        node.get("name").textValue(),
        node.get("version").textValue(),
        node.path("title").textValue(),
        node.path("description").textValue(),
        node.path("websiteUrl").textValue());
  }

  /**
   * The wire form.
   *
   * @return a new object
   */
  public ObjectNode toJson() {
    ObjectNode json = Json.object().put("name", name);
    if (title != null) {
      json.put("title", title);
    }
    json.put("version", version);
    if (description != null) {
      json.put("description", description);
    }
    if (websiteUrl != null) {
      json.put("websiteUrl", websiteUrl);
    }
    return json;
  }
}
