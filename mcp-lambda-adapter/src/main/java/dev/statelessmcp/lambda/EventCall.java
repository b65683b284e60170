package dev.statelessmcp.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import dev.statelessmcp.jsonrpc.JsonRpcError;
import dev.statelessmcp.lambda.event.HttpEvent;
import dev.statelessmcp.transport.CancellationSource;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event that is being served; {@code run} serves it. The first answer is sent, and later ones
 * are dropped. {@link CallRunner} ensures an answer by the deadline.
 */
abstract class EventCall implements Runnable {
  private final Invocation invocation;
  private final long deadlineMillis;
  private final long startMillis = System.currentTimeMillis();
  private final boolean endsWithFunction;
  private final CancellationSource ending = new CancellationSource();
  private boolean answered;

  /**
   * Creates a call.
   *
   * @param http the event as an HTTP event; null if it is not one
   * @param live true if the answer is streamed
   */
  EventCall(Invocation invocation, @Nullable HttpEvent http, boolean live) {
    this.invocation = invocation;
    Context context = invocation.context().orElse(null);
    Deadlines deadlines = invocation.settings().deadlines();
    long ofFunction = deadlines.of(context, null, live);
    deadlineMillis = deadlines.of(context, http, live);
    endsWithFunction = deadlineMillis >= ofFunction;
  }

  final Invocation invocation() {
    return invocation;
  }

  /** The deadline in milliseconds since 1970; {@link Deadlines#NEVER} outside of Lambda. */
  final long deadlineMillis() {
    return deadlineMillis;
  }

  public final Optional<Instant> deadline() {
    return deadlineMillis == Deadlines.NEVER
        ? Optional.empty()
        : Optional.of(Instant.ofEpochMilli(deadlineMillis));
  }

  /** The limit that sets the deadline, and its setting, for the error of a late call. */
  public final String timeLimit() {
    return "the "
        + (deadlineMillis - startMillis)
        + " ms that "
        + (endsWithFunction
            ? "were left to it; the setting is the function's Timeout"
            : "API Gateway leaves to it; the setting is MCP_GATEWAY_TIMEOUT_MS");
  }

  /** Cancelled shortly before the deadline, so that streams can end in order. */
  public final CancellationSource ending() {
    return ending;
  }

  /** Reserves the answer; returns whether this is the first one. */
  final synchronized boolean claim() {
    boolean first = !answered;
    answered = true;
    return first;
  }

  /** Whether there is an answer, or one has begun. */
  final synchronized boolean isAnswered() {
    return answered;
  }

  /** Answers with an error unless there is an answer, and interrupts the handler. */
  abstract void expire();

  /** Answers with "Internal error" unless there is an answer. */
  abstract void fail();

  /** Called every few seconds while a live call runs. */
  void beat() {}

  /** Whether pieces of the answer reach the client before its end. */
  public boolean isLive() {
    return false;
  }

  /** The HTTP status for the log; 200 if the event is not an HTTP event. */
  abstract int status();

  /** The error that refused the event before any operation ran; null if there is none. */
  abstract @Nullable JsonRpcError refusal();

  /**
   * The size of the answer, as the limit of the sender counts it. May be 0 if it is far below every
   * limit, or if the answer has been streamed.
   */
  abstract long size();

  /** The answer in the form that the sender expects. */
  abstract Answer answer();

  /** An answer with an error instead. */
  abstract Answer answer(JsonRpcError error);
}
