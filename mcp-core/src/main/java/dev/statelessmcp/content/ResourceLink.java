package dev.statelessmcp.content;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.util.Objects;

/**
 * A resource that the client can read.
 *
 * @param uri the resource; not null
 * @param name its name; not null
 * @param title a name for people, or null
 * @param description what it is, or null
 * @param mimeType such as {@code text/markdown}, or null
 * @param size how many bytes it has, or null
 * @param annotations how to use it, or null
 */
public record ResourceLink(
    String uri,
    String name,
    String title,
    String description,
    String mimeType,
    Long size,
    Annotations annotations)
    implements Content {

  /**
   * Checks the required parts.
   *
   * @param uri the resource; not null
   * @param name its name; not null
   * @param title a name for people, or null
   * @param description what it is, or null
   * @param mimeType such as {@code text/markdown}, or null
   * @param size how many bytes it has, or null
   * @param annotations how to use it, or null
   * @throws NullPointerException if URI or name is null
   */
  public ResourceLink {
    Objects.requireNonNull(uri, "uri");
    Objects.requireNonNull(name, "name");
  }

  /**
   * A link with nothing but the required parts.
   *
   * @param uri the resource; not null
   * @param name its name; not null
   */
  public ResourceLink(String uri, String name) {
    this(uri, name, null, null, null, null, null);
  }

  @Override
  public ObjectNode toJson() {
    ObjectNode json = Json.object().put("type", "resource_link").put("uri", uri).put("name", name);
    if (title != null) {
      json.put("title", title);
    }
    if (description != null) {
      json.put("description", description);
    }
    if (mimeType != null) {
      json.put("mimeType", mimeType);
    }
    if (size != null) {
      json.put("size", size);
    }
    return Annotations.addTo(annotations, json);
  }

  @Override
  public ResourceLink annotated(Annotations newAnnotations) {
    return new ResourceLink(uri, name, title, description, mimeType, size, newAnnotations);
  }
}
