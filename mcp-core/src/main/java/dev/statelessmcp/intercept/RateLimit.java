package dev.statelessmcp.intercept;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.protocol.McpException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The interceptor of {@link Interceptor#rateLimit}: a token bucket for each caller. */
final class RateLimit implements Interceptor {
  /** The number of callers remembered; the least recently seen is forgotten first. */
  private static final int CALLERS = 10_000;

  private final int calls;
  private final long nanosPerCall;
  private final LongSupplier nanoTime;
  private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
      return size() > CALLERS;
    }
  };

  private static final class Bucket {
    private double tokens;
    private long at;
  }

  RateLimit(int calls, Duration period, LongSupplier nanoTime) {
    if (calls < 1 || period.isNegative() || period.isZero()) {
      throw new IllegalArgumentException(
          "calls must be at least 1 and period more than 0, was " + calls + " and " + period);
    }
    this.calls = calls;
    this.nanosPerCall = Math.max(1, TimeUnit.NANOSECONDS.convert(period) / calls);
    this.nanoTime = nanoTime;
  }

  @Override
  public ObjectNode around(Operation operation, Callable<ObjectNode> next) throws Exception {
    if (operation.isLimited()) {
      long waitNanos = take(operation.caller().identity());
      if (waitNanos > 0) {
        throw exceeded(waitNanos);
      }
    }
    return next.call();
  }

  private static McpException exceeded(long waitNanos) {
    long millis = (waitNanos + 999_999) / 1_000_000;
    ObjectNode data = Json.object().put("retryAfterMs", millis);
    return new McpException(ErrorCode.RATE_LIMITED, "Too many calls; try again later", data)
        .http(429, Map.of("Retry-After", Long.toString((millis + 999) / 1000)));
  }

  /** Takes a token and returns 0, or returns the time in nanoseconds until there is one. */
  private synchronized long take(String caller) {
    long now = nanoTime.getAsLong();
    Bucket bucket = buckets.get(caller);
    if (bucket == null) {
      bucket = new Bucket();
      bucket.tokens = calls;
      bucket.at = now;
      buckets.put(caller, bucket);
    }
    bucket.tokens = Math.min(calls, bucket.tokens + (now - bucket.at) / (double) nanosPerCall);
    bucket.at = now;
    if (bucket.tokens < 1) {
      return Math.max(1, (long) ((1 - bucket.tokens) * nanosPerCall));
    }
    bucket.tokens--;
    return 0;
  }
}
