package dev.statelessmcp.resource;

import dev.statelessmcp.catalog.CacheHint;
import dev.statelessmcp.content.ResourceContents;
import java.util.List;

/**
 * What was read.
 *
 * @param contents one or more pieces; not null
 * @param cache how long it may be kept; null for what the resource says
 */
public record ResourceResult(List<ResourceContents> contents, CacheHint cache) {

  /**
   * Keeps a copy of the list.
   *
   * @param contents one or more pieces; not null
   * @param cache how long it may be kept; null for what the resource says
   */
  public ResourceResult {
    contents = List.copyOf(contents);
  }

  /**
   * Several pieces.
   *
   * @param contents one or more
   * @return the result
   */
  public static ResourceResult of(ResourceContents... contents) {
    return new ResourceResult(List.of(contents), null);
  }

  /**
   * The result with a hint.
   *
   * @param hint how long it may be kept
   * @return a new result
   */
  public ResourceResult cache(CacheHint hint) {
    return new ResourceResult(contents, hint);
  }
}
