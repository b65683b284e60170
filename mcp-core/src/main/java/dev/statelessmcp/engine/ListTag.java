package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.EntityTag;
import java.util.Set;

/**
 * The entity tag of a page of a list: of its items, as this client gets them, and of its cursor.
 * The cache hints and the server's name and version are excluded, so a new version of a server with
 * the same items has the same tags.
 *
 * <p>No revision has entity tags yet, so the key has the prefix of this library.
 */
final class ListTag { // cold start: loaded by servers that have tags
  private static final String KEY = "dev.statelessmcp/etag";

  private static final Set<String> EXCLUDED = Set.of("_meta", "resultType", "ttlMs", "cacheScope");

  private ListTag() {}

  /** Adds the tag to a result, or replaces it, if the result is a page of a list. */
  static void addTo(ObjectNode result, MethodInfo method) {
    if (method.isList()) {
      result.withObjectProperty("_meta").put(KEY, EntityTag.of(result, EXCLUDED));
    }
  }
}
