package dev.statelessmcp.content;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A resource that is embedded with its contents. */
public final class EmbeddedResource extends Content {
  private final ResourceContents resource;

  private EmbeddedResource(ResourceContents resource) {
    this.resource = Objects.requireNonNull(resource, "resource");
  }

  /**
   * Creates a block with the contents of a resource.
   *
   * @param resource the contents; not null
   * @return the block
   */
  public static EmbeddedResource of(ResourceContents resource) {
    return new EmbeddedResource(resource);
  }

  /**
   * The contents.
   *
   * @return never null
   */
  public ResourceContents resource() {
    return resource;
  }

  @Override
  public EmbeddedResource annotations(@Nullable Annotations hints) {
    return (EmbeddedResource) super.annotations(hints);
  }

  @Override
  public EmbeddedResource meta(@Nullable ObjectNode newMeta) {
    return (EmbeddedResource) super.meta(newMeta);
  }

  @Override
  ObjectNode fields() {
    ObjectNode json = Json.object().put("type", "resource");
    json.set("resource", resource.toJson());
    return json;
  }
}
