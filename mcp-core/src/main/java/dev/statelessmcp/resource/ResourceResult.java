package dev.statelessmcp.resource;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.catalog.CacheHint;
import dev.statelessmcp.content.ResourceContents;
import dev.statelessmcp.json.Json;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The contents that a read returns. Immutable.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/schema#readresourceresult">ReadResourceResult</a>
 */
public final class ResourceResult {
  private final List<ResourceContents> contents;
  private final @Nullable CacheHint cache;
  private final @Nullable ObjectNode meta;

  private ResourceResult(
      List<ResourceContents> contents, @Nullable CacheHint cache, @Nullable ObjectNode meta) {
    this.contents = List.copyOf(contents);
    this.cache = cache;
    this.meta = meta;
  }

  /**
   * Creates a result.
   *
   * @param contents one or more contents, in order
   * @return the result
   */
  public static ResourceResult of(ResourceContents... contents) {
    return new ResourceResult(List.of(contents), null, null);
  }

  /**
   * Sets how long the result may be cached.
   *
   * @param hint the hint; null for that of the resource
   * @return a new result
   */
  public ResourceResult cache(@Nullable CacheHint hint) {
    return new ResourceResult(contents, hint, meta);
  }

  /**
   * Sets metadata for the client.
   *
   * @param newMeta becomes {@code _meta}; null for none; must not be changed later
   * @return a new result
   */
  public ResourceResult meta(@Nullable ObjectNode newMeta) {
    return new ResourceResult(contents, cache, newMeta);
  }

  /**
   * How long the result may be cached.
   *
   * @return empty for the hint of the resource
   */
  public Optional<CacheHint> cache() {
    return Optional.ofNullable(cache);
  }

  /**
   * The wire form, without {@code ttlMs} and {@code cacheScope}.
   *
   * @return a new object
   */
  public ObjectNode toJson() {
    ObjectNode json = Json.object();
    ArrayNode array = json.putArray("contents");
    for (ResourceContents piece : contents) {
      array.add(piece.toJson());
    }
    if (meta != null) {
      json.set("_meta", meta.deepCopy());
    }
    return json;
  }
}
