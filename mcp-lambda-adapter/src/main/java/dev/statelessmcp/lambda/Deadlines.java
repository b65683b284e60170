package dev.statelessmcp.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import dev.statelessmcp.lambda.event.HttpEvent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Computes the deadline of an answer, in milliseconds since 1970, because a first call needs no
 * other class of java.time.
 *
 * @param margin the time that is reserved for answering
 * @param gatewayTimeout the timeout of API Gateway
 */
record Deadlines(Duration margin, Duration gatewayTimeout) {

  /** There is no deadline. */
  static final long NEVER = Long.MAX_VALUE;

  /** Longer than any function runs, and short enough not to overflow. */
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
   * @param live true if the answer is streamed, so that API Gateway's timeout does not apply
   * @return the deadline; {@link #NEVER} outside of Lambda
   */
  long of(@Nullable Context context, @Nullable HttpEvent event, boolean live) {
    if (context == null) {
      return NEVER;
    }
    long now = System.currentTimeMillis();
    long end = now + lessMargin(context.getRemainingTimeInMillis());
    if (event != null && event.source().isApiGateway() && !live) {
      long timeout = gatewayTimeout.toMillis();
      long received = event.receivedAt();
      // The gateway's time runs while a new environment starts. Test events have impossible times
      boolean credible = received <= now && received > now - timeout;
      end = Math.min(end, (credible ? received : now) + lessMargin(timeout));
    }
    return end;
  }

  private long lessMargin(long time) {
    return time - Math.min(margin.toMillis(), time / 4);
  }
}
