package dev.statelessmcp.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import java.time.Duration;

/**
 * When an answer must be there. In milliseconds since 1970, since java.time is no part of a first
 * call otherwise.
 *
 * @param margin how much of the time is kept back for answering
 * @param gatewayTimeout when API Gateway gives up
 */
record Deadlines(Duration margin, Duration gatewayTimeout) {

  /** Nobody waits with a clock. */
  static final long NEVER = Long.MAX_VALUE;

  /** Longer than any function runs, and short enough to count with. */
  private static final Duration MOST = Duration.ofHours(1);

  /** Half a second is enough for an answer on the smallest function. */
  static final Deadlines DEFAULT = new Deadlines(Duration.ofMillis(500), Duration.ofSeconds(29));

  Deadlines {
    margin = margin.compareTo(MOST) > 0 ? MOST : margin;
    gatewayTimeout = gatewayTimeout.compareTo(MOST) > 0 ? MOST : gatewayTimeout;
  }

  /**
   * The deadline of an invocation.
   *
   * @param event the HTTP event; null for others
   * @param live whether the answer is streamed, which API Gateway gives more time
   * @return the deadline; {@link #NEVER} outside of Lambda
   */
  long of(Context context, HttpEvent event, boolean live) {
    if (context == null) {
      return NEVER;
    }
    long now = System.currentTimeMillis();
    long end = now + lessMargin(context.getRemainingTimeInMillis());
    if (event != null && event.source().isApiGateway() && !live) {
      long timeout = gatewayTimeout.toMillis();
      long received = event.receivedAt();
      // The start of a new environment counts for the gateway. A time that cannot be is of a test
      boolean credible = received <= now && received > now - timeout;
      end = Math.min(end, (credible ? received : now) + lessMargin(timeout));
    }
    return end;
  }

  private long lessMargin(long time) {
    return time - Math.min(margin.toMillis(), time / 4);
  }
}
