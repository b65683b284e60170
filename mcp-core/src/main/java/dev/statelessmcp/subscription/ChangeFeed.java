package dev.statelessmcp.subscription;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Carries changes from where they happen to the clients that listen. The one of
 * {@link #inProcess()} reaches the clients of this process; a team with several instances puts its
 * own broker behind this interface. Implementations are safe from any number of threads.
 */
public interface ChangeFeed {

  /**
   * Publishes a change.
   *
   * @param event what has changed; not null
   */
  void publish(ChangeEvent event);

  /**
   * Adds a listener for every change from now on.
   *
   * @param listener is told; it returns at once
   * @return ends it when closed
   */
  Registration subscribe(Consumer<ChangeEvent> listener);

  /**
   * A feed within this process.
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
          } catch (Throwable e) { // an Error too: the others have nothing to do with it
            System.getLogger("dev.statelessmcp").log(Level.ERROR, "a listener failed", e);
          }
        }
      }

      @Override
      public Registration subscribe(Consumer<ChangeEvent> listener) {
        AtomicBoolean closed = new AtomicBoolean();
        listeners.add(listener);
        return () -> {
          if (closed.compareAndSet(false, true)) { // the same listener may be there again
            listeners.remove(listener);
          }
        };
      }
    };
  }
}
