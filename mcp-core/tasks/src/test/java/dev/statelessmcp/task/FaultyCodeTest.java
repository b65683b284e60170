package dev.statelessmcp.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.testing.SilentLog;
import dev.statelessmcp.testing.Waiting;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolHandler;
import dev.statelessmcp.tool.ToolResult;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Stores, executors and subscribers that fail in the middle of things. */
@ExtendWith(SilentLog.class)
class FaultyCodeTest {
  private static final Caller ANN = Caller.of("ann");

  record Nothing() {}

  private final RecordingStore store = new RecordingStore();
  private final QueueExecutor executor = new QueueExecutor(false);

  private TaskClient client(Tasks tasks, TaskPolicy policy, ToolHandler<Nothing, ToolResult> does) {
    Tool tool = Tool.of("work", "Works", Nothing.class, does).apply(policy);
    McpServer server = tasks.build(McpServer.named("t", "1").tool(tool));
    return new TaskClient(McpTestClient.of(server).caller(ANN));
  }

  private TaskClient client(Tasks tasks) {
    return client(tasks, TaskPolicy.required(), (nothing, call) -> ToolResult.text("done"));
  }

  private static boolean isCount(TaskRecord write) {
    return write.key().startsWith("caller.");
  }

  /** Otherwise a caller whose calls fail would soon be told that it has too many tasks. */
  @Test
  void taskThatCannotBeStoredTakesNoPlace() {
    TaskClient client = client(Tasks.of(store, executor).maxTasksPerCaller(1));
    store.failure = write -> {
      if (!isCount(write)) {
        throw new InterruptedIOException("the store takes no tasks");
      }
      return RecordingStore.Outcome.DONE;
    };
    client.client.call("work", Map.of()).hasError(-32603);
    store.failure = RecordingStore.Failure.NEVER;
    client.create("work");
  }

  /** Nobody knows its id, so it is deleted, also if its place cannot be given back. */
  @Test
  void taskThatCannotBeStartedIsDeleted() {
    TaskClient client = client(Tasks.of(store, executor));
    AtomicInteger counts = new AtomicInteger();
    store.failure = write -> {
      if (isCount(write) && counts.incrementAndGet() > 1) {
        throw new InterruptedIOException("the store counts no tasks");
      }
      return RecordingStore.Outcome.DONE;
    };
    executor.failure = new IOException("the queue is gone");
    client.client.call("work", Map.of()).hasError(-32603);
    assertEquals(1, store.keys().size(), () -> store.keys().toString());
    assertTrue(store.keys().iterator().next().startsWith("caller."));
  }

  @Test
  void subscriberThatFailsDoesNotKeepATaskFromItsEnd() throws Exception {
    Tasks tasks = Tasks.of(store, executor);
    TaskClient client = client(tasks);
    String id = client.create("work");
    AtomicInteger told = new AtomicInteger();
    Consumer<JsonRpcMessage.Notification> broken = notification -> {
      if (told.incrementAndGet() > 1) {
        throw new IllegalStateException("the subscriber is broken");
      }
    };
    tasks.service().feed().watch(tasks.service().find(id, ANN), broken, () -> {});
    executor.run(tasks);
    client.get(id).has("/status", "completed");
    assertTrue(told.get() > 1);
  }

  /** What failed at its beginning is not told of changes, nor kept for ever. */
  @Test
  void watchThatCannotBeginLeavesNothingBehind() throws Exception {
    Tasks tasks = Tasks.of(store, executor);
    TaskClient client = client(tasks);
    String id = client.create("work");
    TaskState state = tasks.service().find(id, ANN);
    AtomicInteger told = new AtomicInteger();
    Consumer<JsonRpcMessage.Notification> broken = notification -> {
      told.incrementAndGet();
      throw new NoClassDefFoundError("the subscriber is broken");
    };
    TaskFeed feed = tasks.service().feed();
    assertThrows(NoClassDefFoundError.class, () -> feed.watch(state, broken, () -> {}));
    executor.run(tasks);
    assertEquals(1, told.get());
  }

  /** Without a lease another run may begin at any time, so this one ends. */
  @Test
  void errorOfAStoreEndsTheRunWhoseLeaseCannotBeRenewed() throws Exception {
    Tasks tasks = Tasks.of(store, executor).lease(Duration.ofMillis(200));
    CountDownLatch started = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    TaskPolicy policy = TaskPolicy.required().pollInterval(Duration.ofMillis(20));
    TaskClient client = client(tasks, policy, (nothing, call) -> {
      started.countDown();
      try {
        Waiting.await(new CountDownLatch(1));
      } catch (InterruptedException e) {
        interrupted.set(true);
      }
      return ToolResult.text("never");
    });
    client.create("work");
    Thread run = new Thread(() -> {
      try {
        executor.run(tasks);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    });
    run.start();
    Waiting.await(started);
    store.failure = write -> {
      throw new NoClassDefFoundError("a part of the store");
    };
    Waiting.join(run);
    assertTrue(interrupted.get());
  }

  /** Clients of stores fail on a thread that is interrupted: the effect would come again. */
  @Test
  void interruptThatAHandlerLeavesDoesNotLoseWhatItHasDone() throws Exception {
    Tasks tasks = Tasks.of(store, executor);
    AtomicInteger effects = new AtomicInteger();
    TaskClient client = client(tasks, TaskPolicy.required(), (nothing, call) -> {
      TaskCall.of(call).step("effect", Integer.class, () -> {
        Thread.currentThread().interrupt(); // as after an interrupted wait
        return effects.incrementAndGet();
      });
      assertTrue(Thread.currentThread().isInterrupted(), "it is the handler's to clear");
      return ToolResult.text("done");
    });
    String id = client.create("work");
    store.failure = write -> {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("the thread is interrupted");
      }
      return RecordingStore.Outcome.DONE;
    };
    executor.run(tasks);
    assertFalse(Thread.interrupted());
    client.get(id).has("/status", "completed");
    assertEquals(1, effects.get());
  }

  /** Times may be as long as a duration can be. */
  @Test
  void longestTimesAreTimes() throws Exception {
    Duration forever = ChronoUnit.FOREVER.getDuration();
    Tasks tasks = Tasks.of(store, executor).lease(forever);
    TaskPolicy policy = TaskPolicy.required().ttl(forever).pollInterval(forever);
    TaskClient client = client(tasks, policy, (nothing, call) -> ToolResult.text("done"));
    String id = client.create("work");
    client.get(id).has("/status", "working");
    executor.run(tasks);
    client.get(id).has("/status", "completed");
    assertTrue(
        client.get(id).at("/ttlMs").longValue() > Duration.ofDays(365_000).toMillis());
  }

  @Test
  void longestPatienceIsOne() {
    TaskPolicy patient = TaskPolicy.longerThan(ChronoUnit.FOREVER.getDuration());
    TaskClient client =
        client(Tasks.inMemory(), patient, (nothing, call) -> ToolResult.text("done"));
    client.client.call("work", Map.of()).has("/resultType", "complete").hasText("done");
    assertFalse(store.keys().iterator().hasNext());
  }
}
