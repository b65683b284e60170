package dev.statelessmcp.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * How long a result may be cached, and by whom.
 *
 * @param ttl how long it is fresh; not negative
 * @param isPublic true if it is the same for all callers, so that shared caches may keep it
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/server/utilities/caching">Caching</a>
 */
public record CacheHint(Duration ttl, boolean isPublic) {

  /** Not cacheable: the default. */
  public static final CacheHint NONE = new CacheHint(Duration.ZERO, false);

  /** The largest integer that a JSON number of double precision holds exactly. */
  private static final long MAX_MILLIS = (1L << 53) - 1;

  /**
   * Checks the time.
   *
   * @param ttl how long it is fresh; not negative
   * @param isPublic true if it is the same for all callers, so that shared caches may keep it
   * @throws IllegalArgumentException if {@code ttl} is negative
   */
  public CacheHint {
    Objects.requireNonNull(ttl, "ttl");
    if (ttl.isNegative()) {
      throw new IllegalArgumentException("ttl must be 0 or more, was " + ttl);
    }
  }

  /**
   * Creates a hint for a result that only the caller may cache.
   *
   * @param ttl how long it is fresh
   * @return the hint
   */
  public static CacheHint privately(Duration ttl) {
    return new CacheHint(ttl, false);
  }

  /**
   * Creates a hint for a result that is the same for all callers.
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
