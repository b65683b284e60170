package dev.statelessmcp.task;

import dev.statelessmcp.tool.Tool;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Says when the calls of a tool become tasks, and how long these are kept. Immutable; the methods
 * that set something return a new policy.
 *
 * <pre>{@code
 * Tool report = Tool.of("report", "Writes the report", Year.class, Reports::write)
 *     .apply(TaskPolicy.whenSupported().ttl(Duration.ofHours(8)));
 * }</pre>
 *
 * <p>A call of a client that did not declare the extension runs inside its request, as far as the
 * deadline of the request allows; then it ends with an error that says so.
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
   * with error -32021. A client of an earlier revision cannot declare it: its call runs inside the
   * request.
   *
   * @return a policy with a time to live of 24 hours and a poll interval of 5 seconds
   */
  public static TaskPolicy required() {
    return of(REQUIRED, null);
  }

  /**
   * Makes a call a task once it has run for some time, or when it asks the client. A call that is
   * faster is answered as without the extension, and nothing is stored for it.
   *
   * <p>Where tasks run elsewhere than the request ({@link TaskExecutor#isRemote}), the handler is
   * interrupted at that moment, and starts in the task from its top; steps that are done are not
   * repeated.
   *
   * @param time how long a request waits; more than 0, and less than clients and gateways wait
   * @return a policy with a time to live of 24 hours and a poll interval of 5 seconds
   * @throws IllegalArgumentException if the time is not more than 0
   */
  public static TaskPolicy longerThan(Duration time) {
    return of(LONGER_THAN, requirePositive(time, "longerThan"));
  }

  /**
   * Makes a call a task when its handler calls {@link TaskCall#detach}. What the handler asks
   * before that is asked within the request, by multi round-trip requests.
   *
   * @return a policy with a time to live of 24 hours and a poll interval of 5 seconds
   */
  public static TaskPolicy onDetach() {
    return of(ON_DETACH, null);
  }

  /**
   * Sets how long a task is kept, from its creation: its client must have read the result by then.
   * Work that is not done by then is lost.
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
   * Sets how often clients should ask for the state of a task. Progress of a run is stored as
   * often.
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
   * Gives the policy to a tool. Called by {@code tool.apply(policy)}.
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

  /** How long a request waits; only of {@link #longerThan}. */
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
