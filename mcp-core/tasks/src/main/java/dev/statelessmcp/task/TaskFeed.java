package dev.statelessmcp.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.subscription.Registration;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Notifies subscribers of changes of their tasks: immediately if this process changes a task,
 * otherwise within a poll interval. Thread-safe.
 */
final class TaskFeed {
  private final TaskRequests requests;
  private final Map<String, List<Watch>> watches = new ConcurrentHashMap<>();
  private @Nullable ScheduledThreadPoolExecutor poller; // created with the first subscription

  TaskFeed(TaskRequests requests) {
    this.requests = requests;
  }

  /**
   * Watches a task, beginning with a notification of this state.
   *
   * @param ended is run when the task has ended or expired
   */
  Registration watch(TaskState state, Consumer<JsonRpcMessage.Notification> sink, Runnable ended)
      throws IOException {
    Watch watch = new Watch(state.id(), sink, ended);
    watches.compute(state.id(), (id, those) -> {
      List<Watch> all = those == null ? new CopyOnWriteArrayList<>() : those;
      all.add(watch);
      return all;
    });
    try {
      watch.tell(state);
      if (!state.isEnded()) {
        watch.poll(poller(), state.pollIntervalMillis());
      }
    } catch (Throwable e) { // close it here: no other code has it
      watch.close();
      throw e;
    }
    return watch;
  }

  void changed(TaskState state) {
    List<Watch> those = watches.get(state.id());
    if (those != null) {
      for (Watch watch : those) {
        watch.changed(state);
      }
    }
  }

  private synchronized ScheduledThreadPoolExecutor poller() {
    ScheduledThreadPoolExecutor made = poller;
    if (made == null) {
      made = new ScheduledThreadPoolExecutor(1, work -> {
        Thread thread = new Thread(work, "mcp-task-poller");
        thread.setDaemon(true);
        return thread;
      });
      made.setRemoveOnCancelPolicy(true);
      poller = made;
    }
    return made;
  }

  /** One subscription to one task. */
  private final class Watch implements Registration, Runnable {
    private final String id;
    private final Consumer<JsonRpcMessage.Notification> sink;
    private final Runnable ended;
    private long version; // of the last notification
    private @Nullable ObjectNode told;
    private @Nullable ScheduledFuture<?> polling;
    private boolean closed;

    Watch(String id, Consumer<JsonRpcMessage.Notification> sink, Runnable ended) {
      this.id = id;
      this.sink = sink;
      this.ended = ended;
    }

    void changed(TaskState state) {
      try {
        tell(state);
      } catch (Throwable e) { // the run that changed the task must not fail
        requests.log("A change of a task could not be sent", e); // the next poll sends it
      }
    }

    /** Sends a state if it is newer than the last one, and differs for the client. */
    synchronized void tell(TaskState state) throws IOException {
      if (closed || state.version() <= version) {
        return;
      }
      ObjectNode view = requests.detailed(state);
      version = state.version();
      if (!view.equals(told)) {
        told = view;
        sink.accept(new JsonRpcMessage.Notification("notifications/tasks", view));
      }
      if (state.isEnded()) {
        end();
      }
    }

    /** Nothing more can be told. */
    private synchronized void end() {
      if (!closed) {
        close();
        ended.run();
      }
    }

    synchronized void poll(ScheduledThreadPoolExecutor executor, long millis) {
      if (!closed) {
        polling = executor.scheduleWithFixedDelay(this, millis, millis, TimeUnit.MILLISECONDS);
      }
    }

    @Override
    public void run() {
      try {
        TaskState state = requests.current(id);
        if (state == null) {
          end();
        } else {
          tell(state);
        }
      } catch (Throwable e) { // the polls must continue, even after an Error
        requests.log("A task could not be polled for its subscriber", e);
      }
    }

    @Override
    public void close() {
      synchronized (this) {
        closed = true;
        if (polling != null) {
          polling.cancel(false);
        }
      }
      watches.computeIfPresent(id, (key, those) -> {
        those.remove(this);
        return those.isEmpty() ? null : those;
      });
    }
  }
}
