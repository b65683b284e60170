package dev.statelessmcp.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

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

  /** The largest integer that every reader of JSON keeps exact. */
  private static final long MAX_MILLIS = (1L << 53) - 1;

  /**
   * Checks the time.
   *
   * @param ttl how long it is fresh; not negative
   * @param isPublic whether it is the same for all callers, so that anybody may keep it
   * @throws IllegalArgumentException if it is negative
   */
  public CacheHint {
    Objects.requireNonNull(ttl, "ttl");
    if (ttl.isNegative()) {
      throw new IllegalArgumentException("ttl must be 0 or more, was " + ttl);
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
    long millis = Math.min(TimeUnit.MILLISECONDS.convert(ttl), MAX_MILLIS);
    result.put("ttlMs", millis).put("cacheScope", isPublic ? "public" : "private");
  }
}
