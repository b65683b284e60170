package dev.statelessmcp.call;

import dev.statelessmcp.subscription.Registration;
import java.util.concurrent.CancellationException;

/**
 * Reports whether a call has been cancelled: its answer will not be used. Thread-safe.
 *
 * <p>Cancellation also interrupts the thread that runs the handler, so a blocking handler ends
 * without a check.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/patterns/cancellation">Cancellation</a>
 */
public interface Cancellation {

  /**
   * Whether the call is cancelled.
   *
   * @return true once it has been cancelled; it never becomes false again
   */
  boolean isCancelled();

  /**
   * Throws an exception if the call is cancelled. For a handler that checks at intervals.
   *
   * @throws CancellationException if the call is cancelled
   */
  default void throwIfCancelled() {
    if (isCancelled()) {
      throw new CancellationException("the call was cancelled");
    }
  }

  /**
   * Runs an action when the call is cancelled, or immediately if it already is. The action runs on
   * the thread that cancels, and must not block.
   *
   * @param action the action; not null
   * @return removes the action when closed
   */
  Registration onCancel(Runnable action);
}
