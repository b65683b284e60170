package dev.statelessmcp.http;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;

/**
 * Settings of sessions for clients of 2025-11-25 and earlier. With a session, a handler can ask the
 * client questions, and the client is notified of changes. Off by default; the modern era has no
 * sessions.
 *
 * <p>Sessions are kept in the memory of this process: behind a load balancer all requests of a
 * client must go to the same instance, and a restart ends all sessions. A call that waits for an
 * answer of its client counts against {@link StreamableHttp.Builder#maxConcurrentCalls}; a stream
 * that a client has opened with GET counts against {@link StreamableHttp.Builder#maxSubscriptions}.
 * A client is notified of changes only while it has a stream open; they are not stored.
 *
 * @param maxSessions the maximum number of sessions; an {@code initialize} beyond it is answered
 *     with status 503 and {@code Retry-After}; at least 1
 * @param idleExpiry the time after which a session without calls in flight and without a stream
 *     ends, and a question that the client has not answered fails; more than 0
 * @param maxQuestions the maximum number of unanswered questions in a session; at least 1
 * @param clock the clock; not null
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#session-management">LegacySession
 *     Management</a>
 */
public record LegacySessions(
    int maxSessions, Duration idleExpiry, int maxQuestions, InstantSource clock) {

  /** The default: 1,000 sessions, 30 minutes, 16 questions, and the system clock. */
  public static final LegacySessions DEFAULT =
      new LegacySessions(1000, Duration.ofMinutes(30), 16, InstantSource.system());

  /**
   * Checks the limits.
   *
   * @param maxSessions the maximum number of sessions; at least 1
   * @param idleExpiry the time after which an idle session ends; more than 0
   * @param maxQuestions the maximum number of unanswered questions in a session; at least 1
   * @param clock the clock; not null
   * @throws IllegalArgumentException if a limit is less
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
   * Sets the maximum number of sessions.
   *
   * @param sessions the number; at least 1
   * @return new settings
   */
  public LegacySessions withMaxSessions(int sessions) {
    return new LegacySessions(sessions, idleExpiry, maxQuestions, clock);
  }

  /**
   * Sets the time after which an idle session ends.
   *
   * @param time the time; more than 0
   * @return new settings
   */
  public LegacySessions withIdleExpiry(Duration time) {
    return new LegacySessions(maxSessions, time, maxQuestions, clock);
  }

  /**
   * Sets the maximum number of unanswered questions in a session.
   *
   * @param questions the number; at least 1
   * @return new settings
   */
  public LegacySessions withMaxQuestions(int questions) {
    return new LegacySessions(maxSessions, idleExpiry, questions, clock);
  }

  /**
   * Sets the clock.
   *
   * @param newClock the clock; not null
   * @return new settings
   */
  public LegacySessions withClock(InstantSource newClock) {
    return new LegacySessions(maxSessions, idleExpiry, maxQuestions, newClock);
  }
}
