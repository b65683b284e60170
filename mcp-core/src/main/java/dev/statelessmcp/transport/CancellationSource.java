package dev.statelessmcp.transport;

import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.subscription.Registration;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link Cancellation} that a transport can cancel. Handlers see only the interface. Thread-safe.
 */
public final class CancellationSource implements Cancellation {
  private final List<Listener> listeners = new ArrayList<>(1);
  private boolean cancelled;
  private int writes; // under way, which the actions wait for

  /** Creates a source that is not cancelled. */
  public CancellationSource() {}

  /**
   * Cancels, and runs the registered actions on this thread, or after the writes that are under
   * way. Further calls have no effect. An exception in an action is logged.
   */
  public void cancel() {
    synchronized (listeners) {
      if (cancelled) {
        return;
      }
      cancelled = true;
    }
    runActions();
  }

  /**
   * Writes something that belongs to the call. Should the call be cancelled meanwhile, the
   * registered actions run after the write, on this thread. One of them interrupts the thread of
   * the handler, and a channel is closed if the thread that writes to it is interrupted. For
   * transports that write other messages to the same channel.
   *
   * @param write writes; not null
   */
  public void uninterrupted(Runnable write) {
    synchronized (listeners) {
      writes++;
    }
    try {
      write.run();
    } finally {
      synchronized (listeners) {
        writes--;
      }
      runActions();
    }
  }

  private void runActions() {
    List<Listener> run;
    synchronized (listeners) {
      if (!cancelled || writes > 0) {
        return;
      }
      run = List.copyOf(listeners);
      listeners.clear();
    }
    for (Listener listener : run) {
      listener.run();
    }
  }

  @Override
  public boolean isCancelled() {
    synchronized (listeners) {
      return cancelled;
    }
  }

  @Override
  public Registration onCancel(Runnable action) {
    Listener listener = new Listener(action);
    synchronized (listeners) {
      if (!cancelled || writes > 0) {
        listeners.add(listener);
        return listener;
      }
    }
    listener.run();
    return listener;
  }

  /** One registration; an action may be registered several times. */
  private final class Listener implements Registration {
    private final Runnable action;

    private Listener(Runnable action) {
      this.action = action;
    }

    /** A failure, an Error too, must reach neither the canceller nor the other actions. */
    private void run() {
      try {
        action.run();
      } catch (Throwable e) {
        report(e);
      }
    }

    private static void report(Throwable e) {
      try {
        SystemLog.failure("An onCancel action failed", e);
      } catch (Throwable again) {
        // The log fails too: the other actions, such as the interrupt of the handler, still run
      }
    }

    @Override
    public void close() {
      synchronized (listeners) {
        listeners.remove(this);
      }
    }
  }
}
