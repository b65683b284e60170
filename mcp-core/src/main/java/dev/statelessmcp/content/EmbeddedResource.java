package dev.statelessmcp.content;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.util.Objects;

/**
 * A resource with its contents.
 *
 * @param resource the contents; not null
 * @param annotations how to use it, or null
 */
public record EmbeddedResource(ResourceContents resource, Annotations annotations)
    implements Content {

  /**
   * Checks that there are contents.
   *
   * @param resource the contents; not null
   * @param annotations how to use it, or null
   * @throws NullPointerException if there are none
   */
  public EmbeddedResource {
    Objects.requireNonNull(resource, "resource");
  }

  /**
   * A resource without hints.
   *
   * @param resource the contents; not null
   */
  public EmbeddedResource(ResourceContents resource) {
    this(resource, null);
  }

  @Override
  public ObjectNode toJson() {
    ObjectNode json = Json.object().put("type", "resource");
    json.set("resource", resource.toJson());
    return Annotations.addTo(annotations, json);
  }

  @Override
  public EmbeddedResource annotated(Annotations newAnnotations) {
    return new EmbeddedResource(resource, newAnnotations);
  }
}
