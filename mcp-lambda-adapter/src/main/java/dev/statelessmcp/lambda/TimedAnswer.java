package dev.statelessmcp.lambda;

import dev.statelessmcp.transport.CancellationSource;

/** An answer that must be there at some time, with or without the handler. */
interface TimedAnswer {

  /** When, in milliseconds since 1970; {@link Deadlines#NEVER} if nobody waits with a clock. */
  long deadlineMillis();

  /** Cancelled when the time is nearly up, so that what can end in order does. */
  CancellationSource ending();

  /** Answers with an error, unless there is an answer, and interrupts the handler. */
  void expire();

  /** Called now and then while the handler runs, where the client would see it. */
  default void beat() {}

  /** Whether the client sees what is sent before the end. */
  default boolean isLive() {
    return false;
  }
}
