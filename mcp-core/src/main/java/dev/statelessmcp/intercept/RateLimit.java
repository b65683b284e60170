package dev.statelessmcp.intercept;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.protocol.McpException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Bounds how often each caller may call tools, read, and ask for completions: a bucket of tokens
 * for each, within this process. Beyond it the answer is an error, and status 429 over HTTP.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/server/tools#security-considerations">"Servers
 *     MUST: … Rate limit tool invocations"</a>
 */
public final class RateLimit implements Interceptor {
  private static final Set<String> LIMITED =
      Set.of("tools/call", "prompts/get", "resources/read", "completion/complete");

  /** How many callers are remembered; the one that was seen longest ago is forgotten first. */
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
      throw new IllegalArgumentException("a limit is at least one call in more than no time");
    }
    this.calls = calls;
    this.nanosPerCall = Math.max(1, period.toNanos() / calls);
    this.nanoTime = nanoTime;
  }

  /**
   * A limit.
   *
   * @param calls how many calls each caller may make; at least 1
   * @param period in which time; as many may come at once
   * @return the limit
   */
  public static RateLimit perCaller(int calls, Duration period) {
    return new RateLimit(calls, period, System::nanoTime);
  }

  @Override
  public void before(Operation operation) {
    if (!LIMITED.contains(operation.method())) {
      return;
    }
    long waitNanos = take(operation.caller().principal());
    if (waitNanos > 0) {
      ObjectNode data = Json.object().put("retryAfterMs", (waitNanos + 999_999) / 1_000_000);
      throw new McpException(ErrorCode.RATE_LIMITED, "Too many calls; try again later", data);
    }
  }

  /** Takes a token; or says how long it takes until there is one. */
  private synchronized long take(String principal) {
    long now = nanoTime.getAsLong();
    Bucket bucket = buckets.get(principal);
    if (bucket == null) {
      bucket = new Bucket();
      bucket.tokens = calls;
      bucket.at = now;
      buckets.put(principal, bucket);
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
