package dev.statelessmcp.http;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;

/**
 * Settings of the sessions that an endpoint keeps for clients of 2025-11-25 and earlier, so that
 * they can be asked things in the middle of a call and told of changes. They are off unless
 * switched on, and the modern era has none.
 *
 * <p>Sessions are kept in the memory of this process and nowhere else: behind a load balancer a
 * client must always come to the same instance, and a restart ends them all. A call that waits for
 * an answer of its client holds one of the places of
 * {@link StreamableHttp.Builder#maxConcurrentCalls}; a stream that a client has opened with GET
 * holds one of {@link StreamableHttp.Builder#maxSubscriptions}. Of changes a client hears as long
 * as it has such a stream open; nothing is kept for later.
 *
 * @param maxSessions how many sessions there may be; an {@code initialize} beyond is answered with
 *     status 503 and {@code Retry-After}; at least 1
 * @param idleExpiry how long a client may be silent: a session without calls in flight and without
 *     a stream ends then, and so does the waiting for an answer of the client; more than 0
 * @param maxQuestions how many requests to its client may be unanswered in one session; at least 1
 * @param clock tells the time; not null
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#session-management">LegacySession
 *     Management</a>
 */
public record LegacySessions(
    int maxSessions, Duration idleExpiry, int maxQuestions, InstantSource clock) {

  /** 1,000 sessions, 30 minutes, 16 questions, and the clock of the system. */
  public static final LegacySessions DEFAULT =
      new LegacySessions(1000, Duration.ofMinutes(30), 16, InstantSource.system());

  /**
   * Checks the limits.
   *
   * @param maxSessions how many sessions there may be; at least 1
   * @param idleExpiry how long a client may be silent; more than 0
   * @param maxQuestions how many requests to its client may be unanswered in one session; at least
   *     1
   * @param clock tells the time; not null
   * @throws IllegalArgumentException if a limit leaves no room for anything
   */
  public LegacySessions {
    if (maxSessions < 1 || maxQuestions < 1) {
      throw new IllegalArgumentException("maxSessions and maxQuestions must be at least 1, were "
          + maxSessions
          + " and "
          + maxQuestions);
    }
    Objects.requireNonNull(idleExpiry, "idleExpiry");
    if (idleExpiry.isNegative() || idleExpiry.isZero()) {
      throw new IllegalArgumentException("idleExpiry must be more than 0, was " + idleExpiry);
    }
    Objects.requireNonNull(clock, "clock");
  }

  /**
   * The same with another number of sessions.
   *
   * @param sessions how many there may be; at least 1
   * @return new settings
   */
  public LegacySessions withMaxSessions(int sessions) {
    return new LegacySessions(sessions, idleExpiry, maxQuestions, clock);
  }

  /**
   * The same with another time of silence.
   *
   * @param time how long a client may be silent; more than 0
   * @return new settings
   */
  public LegacySessions withIdleExpiry(Duration time) {
    return new LegacySessions(maxSessions, time, maxQuestions, clock);
  }

  /**
   * The same with another number of questions.
   *
   * @param questions how many may be unanswered in one session; at least 1
   * @return new settings
   */
  public LegacySessions withMaxQuestions(int questions) {
    return new LegacySessions(maxSessions, idleExpiry, questions, clock);
  }

  /**
   * The same with another clock.
   *
   * @param newClock tells the time; not null
   * @return new settings
   */
  public LegacySessions withClock(InstantSource newClock) {
    return new LegacySessions(maxSessions, idleExpiry, maxQuestions, newClock);
  }
}
