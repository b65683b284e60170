package dev.statelessmcp.call;

import dev.statelessmcp.subscription.Registration;
import java.util.concurrent.CancellationException;

/**
 * Reports whether a call has been cancelled, so that its answer will not be used. Safe from any
 * number of threads.
 *
 * <p>The thread that runs the handler is also interrupted, so a handler that blocks ends without
 * asking.
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
   * Ends a handler that checks at intervals whether to continue.
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
   * the thread that cancels and must not block.
   *
   * @param action the action; not null
   * @return removes the action when closed
   */
  Registration onCancel(Runnable action);
}
