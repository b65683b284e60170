package dev.statelessmcp.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/**
 * How long, and by whom, an answer may be kept.
 *
 * @param ttl how long it is fresh; not negative
 * @param isPublic whether it is the same for all callers, so that anybody may keep it
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/server/utilities/caching">Caching</a>
 */
public record CacheHint(Duration ttl, boolean isPublic) {

  /** Not cacheable: the default. */
  public static final CacheHint NONE = new CacheHint(Duration.ZERO, false);

  /**
   * Checks the time.
   *
   * @param ttl how long it is fresh; not negative
   * @param isPublic whether it is the same for all callers, so that anybody may keep it
   * @throws IllegalArgumentException if it is negative
   */
  public CacheHint {
    if (ttl.isNegative()) {
      throw new IllegalArgumentException("a ttl must not be negative");
    }
  }

  /**
   * An answer that each caller may keep for itself.
   *
   * @param ttl how long it is fresh
   * @return the hint
   */
  public static CacheHint privately(Duration ttl) {
    return new CacheHint(ttl, false);
  }

  /**
   * An answer that is the same for all callers.
   *
   * @param ttl how long it is fresh
   * @return the hint
   */
  public static CacheHint publicly(Duration ttl) {
    return new CacheHint(ttl, true);
  }

  /**
   * Adds the hint to a result.
   *
   * @param result the result
   */
  public void addTo(ObjectNode result) {
    result.put("ttlMs", ttl.toMillis()).put("cacheScope", isPublic ? "public" : "private");
  }
}
