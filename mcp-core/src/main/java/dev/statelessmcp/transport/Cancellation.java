package dev.statelessmcp.transport;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * Tells one call that nobody waits for its answer any more. Safe from any number of threads.
 *
 * <p>The thread that runs the handler is interrupted too, so that a handler that waits for
 * something ends by itself.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/patterns/cancellation">Cancellation</a>
 */
public final class Cancellation {
  private final List<Listener> listeners = new ArrayList<>(1);
  private boolean cancelled;

  /** A call that is not cancelled. */
  public Cancellation() {}

  /** Cancels the call; once is enough, more does nothing. */
  public void cancel() {
    List<Listener> run;
    synchronized (listeners) {
      if (cancelled) {
        return;
      }
      cancelled = true;
      run = List.copyOf(listeners);
      listeners.clear();
    }
    for (Listener listener : run) {
      try {
        listener.action.run();
      } catch (RuntimeException e) { // who cancels, and the others, have nothing to do with it
        System.getLogger("dev.statelessmcp").log(Level.ERROR, "an onCancel action failed", e);
      }
    }
  }

  /**
   * Whether the call is cancelled.
   *
   * @return true from {@link #cancel()} on
   */
  public boolean isCancelled() {
    synchronized (listeners) {
      return cancelled;
    }
  }

  /**
   * Ends a handler that looks now and then whether it should go on.
   *
   * @throws CancellationException if the call is cancelled
   */
  public void throwIfCancelled() {
    if (isCancelled()) {
      throw new CancellationException("the call was cancelled");
    }
  }

  /**
   * Has something run when the call is cancelled, at once if it already is. It runs on the thread
   * that cancels and must not block.
   *
   * @param action what to run; not null
   * @return takes the action back when closed
   */
  public Registration onCancel(Runnable action) {
    Listener listener = new Listener(action);
    synchronized (listeners) {
      if (!cancelled) {
        listeners.add(listener);
        return listener;
      }
    }
    action.run();
    return listener;
  }

  /** One registration; the same action may have several. */
  private final class Listener implements Registration {
    private final Runnable action;

    private Listener(Runnable action) {
      this.action = action;
    }

    @Override
    public void close() {
      synchronized (listeners) {
        listeners.remove(this);
      }
    }
  }

  /** Takes an action back. */
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
