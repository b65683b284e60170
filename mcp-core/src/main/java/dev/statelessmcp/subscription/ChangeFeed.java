package dev.statelessmcp.subscription;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Delivers changes to the clients that subscribed to them. {@link #inProcess()} reaches the clients
 * of this process; for several instances implement this interface with a message broker.
 * Implementations must be thread-safe.
 */
public interface ChangeFeed {

  /**
   * Publishes a change.
   *
   * @param event the change; not null
   */
  void publish(ChangeEvent event);

  /**
   * Adds a listener for all changes from now on.
   *
   * @param listener takes each change; must not block
   * @return removes the listener when closed
   */
  Registration subscribe(Consumer<ChangeEvent> listener);

  /**
   * Creates a feed within this process.
   *
   * @return a new feed
   */
  static ChangeFeed inProcess() {
    List<Consumer<ChangeEvent>> listeners = new CopyOnWriteArrayList<>();
    return new ChangeFeed() {
      @Override
      public void publish(ChangeEvent event) {
        for (Consumer<ChangeEvent> listener : listeners) {
          try {
            listener.accept(event);
          } catch (Throwable e) { // an Error too must not affect the other listeners
            System.getLogger("dev.statelessmcp")
                .log(Level.ERROR, "A listener of the change feed failed", e);
          }
        }
      }

      @Override
      public Registration subscribe(Consumer<ChangeEvent> listener) {
        AtomicBoolean closed = new AtomicBoolean();
        listeners.add(listener);
        return () -> {
          if (closed.compareAndSet(false, true)) { // the same listener may be registered twice
            listeners.remove(listener);
          }
        };
      }
    };
  }
}
