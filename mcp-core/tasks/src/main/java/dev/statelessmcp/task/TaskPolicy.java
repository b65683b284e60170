package dev.statelessmcp.task;

import dev.statelessmcp.tool.Tool;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Sets when the calls of a tool become tasks, and how long the tasks are kept. Immutable; the
 * methods that set something return a new policy.
 *
 * <pre>{@code
 * Tool report = Tool.of("report", "Writes the report", Year.class, Reports::write)
 *     .apply(TaskPolicy.whenSupported().ttl(Duration.ofHours(8)));
 * }</pre>
 *
 * <p>A call of a client that did not declare the extension runs within its request. If the deadline
 * of the request passes, it ends with an error that explains this.
 */
public final class TaskPolicy implements UnaryOperator<Tool> {
  static final int WHEN_SUPPORTED = 0;
  static final int REQUIRED = 1;
  static final int LONGER_THAN = 2;
  static final int ON_DETACH = 3;

  private final int kind;
  private final @Nullable Duration patience; // of LONGER_THAN
  private final Duration ttl;
  private final Duration pollInterval;

  private TaskPolicy(int kind, @Nullable Duration patience, Duration ttl, Duration pollInterval) {
    this.kind = kind;
    this.patience = patience;
    this.ttl = ttl;
    this.pollInterval = pollInterval;
  }

  private static TaskPolicy of(int kind, @Nullable Duration patience) {
    return new TaskPolicy(kind, patience, Duration.ofDays(1), Duration.ofSeconds(5));
  }

  /**
   * Makes each call a task if its client declares the extension.
   *
   * @return a policy with a time to live of 24 hours and a poll interval of 5 seconds
   */
  public static TaskPolicy whenSupported() {
    return of(WHEN_SUPPORTED, null);
  }

  /**
   * Makes each call a task, and refuses a client of 2026-07-28 that does not declare the extension
   * with error -32021. A client of an earlier revision cannot declare it: its call runs within the
   * request.
   *
   * @return a policy with a time to live of 24 hours and a poll interval of 5 seconds
   */
  public static TaskPolicy required() {
    return of(REQUIRED, null);
  }

  /**
   * Makes a call a task after it has run for some time, or when it asks the client. A faster call
   * is answered as without the extension, and is not stored.
   *
   * <p>If tasks run in another process ({@link TaskExecutor#isRemote}), the handler is then
   * interrupted, and runs in the task from its start; completed steps are not repeated.
   *
   * @param time the maximum time of the request; more than 0, and less than the timeouts of clients
   *     and gateways
   * @return a policy with a time to live of 24 hours and a poll interval of 5 seconds
   * @throws IllegalArgumentException if the time is not more than 0
   */
  public static TaskPolicy longerThan(Duration time) {
    return of(LONGER_THAN, requirePositive(time, "longerThan"));
  }

  /**
   * Makes a call a task when its handler calls {@link TaskCall#detach}. Earlier questions are asked
   * within the request, with multi round-trip requests.
   *
   * @return a policy with a time to live of 24 hours and a poll interval of 5 seconds
   */
  public static TaskPolicy onDetach() {
    return of(ON_DETACH, null);
  }

  /**
   * Sets how long a task is kept after its creation. The client must read the result within that
   * time; a task that has not ended by then is lost.
   *
   * @param time by default 24 hours; at least 1 second
   * @return a new policy
   * @throws IllegalArgumentException if it is less than 1 second
   */
  public TaskPolicy ttl(Duration time) {
    if (time.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("ttl must be at least 1 second, was " + time);
    }
    return new TaskPolicy(kind, patience, time, pollInterval);
  }

  /**
   * Sets the interval in which clients should poll a task, and in which the progress of a run is
   * stored.
   *
   * @param time by default 5 seconds; at least 1 millisecond
   * @return a new policy
   * @throws IllegalArgumentException if it is less than 1 millisecond
   */
  public TaskPolicy pollInterval(Duration time) {
    if (time.compareTo(Duration.ofMillis(1)) < 0) {
      throw new IllegalArgumentException("pollInterval must be at least 1 ms, was " + time);
    }
    return new TaskPolicy(kind, patience, ttl, time);
  }

  private static Duration requirePositive(Duration time, String name) {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException(name + " must be more than 0, was " + time);
    }
    return time;
  }

  /**
   * Applies the policy to a tool. Called by {@code tool.apply(policy)}.
   *
   * @param tool the tool; not null
   * @return a new tool
   */
  @Override
  public Tool apply(Tool tool) {
    return tool.attribute(TaskPolicy.class, this);
  }

  int kind() {
    return kind;
  }

  /** The maximum time of the request; only for {@link #longerThan}. */
  Duration patience() {
    return patience == null ? Duration.ZERO : patience;
  }

  Duration ttl() {
    return ttl;
  }

  Duration pollInterval() {
    return pollInterval;
  }
}
