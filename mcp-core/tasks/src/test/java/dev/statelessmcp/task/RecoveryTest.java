package dev.statelessmcp.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.test.TestAnswer;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolHandler;
import dev.statelessmcp.tool.ToolResult;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What becomes of a task when its run does not end as it should. */
@Execution(ExecutionMode.CONCURRENT) // they wait
class RecoveryTest {
  private static final Duration LEASE = Duration.ofMillis(600);

  record Nothing() {}

  private final RecordingStore store = new RecordingStore();
  private final QueueExecutor executor = new QueueExecutor(true);
  private final AtomicInteger runs = new AtomicInteger();

  /** A separate process with the same store and queue. */
  private final class Instance {
    final Tasks tasks;
    final TaskClient client;

    Instance(TaskPolicy policy, ToolHandler<Nothing, ToolResult> handler) {
      tasks = Tasks.of(store, executor).lease(LEASE).maxAttempts(3);
      Tool tool = Tool.of("work", "Works", Nothing.class, (nothing, call) -> {
            runs.incrementAndGet();
            return handler.handle(nothing, call);
          })
          .apply(policy.pollInterval(Duration.ofMillis(50)));
      client =
          new TaskClient(McpTestClient.of(tasks.build(McpServer.named("t", "1").tool(tool))));
    }
  }

  private Instance process(ToolHandler<Nothing, ToolResult> handler) {
    return new Instance(TaskPolicy.required(), handler);
  }

  private static Thread start(Instance process, String id) {
    return TaskThreads.start("test-run", () -> {
      try {
        process.tasks.run(id);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    });
  }

  /** A handler of a process that is frozen: it neither ends nor renews its lease. */
  private static ToolResult freeze() {
    while (true) { // a run that is interrupted is not frozen
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  void aStartThatIsLostIsRepeatedByAPoll() throws Exception {
    Instance process = process((nothing, call) -> ToolResult.text("done"));
    String id = process.client.create("work");
    assertEquals(id, executor.next()); // and does not run it
    process.client.get(id).has("/status", "working");
    assertNull(executor.next());
    Thread.sleep(LEASE.toMillis() + 20);
    process.client.get(id).has("/status", "working");
    executor.run(process.tasks);
    process.client.get(id).has("/status", "completed");
    assertEquals(1, runs.get());
  }

  @Test
  void aTaskSurvivesTheDeathOfItsProcess() throws Exception {
    CountDownLatch frozen = new CountDownLatch(1);
    AtomicInteger effects = new AtomicInteger();
    Instance dead = process((nothing, call) -> {
      TaskCall.of(call).step("one", Integer.class, effects::incrementAndGet);
      frozen.countDown();
      return freeze();
    });
    Instance alive = process((nothing, call) -> ToolResult.text("one was run as number "
        + TaskCall.of(call).step("one", Integer.class, effects::incrementAndGet)));
    String id = dead.client.create("work");
    start(dead, executor.next());
    frozen.await();
    store.failure = record -> {
      throw new IOException("the keeper of the dead process");
    };
    Thread.sleep(LEASE.toMillis() + 50);
    store.failure = RecordingStore.Failure.NEVER;
    awaitStart(alive, id);
    executor.run(alive.tasks);
    alive
        .client
        .get(id)
        .has("/status", "completed")
        .has("/result/content/0/text", "one was run as number 1");
    assertEquals(2, runs.get());
  }

  private void awaitStart(Instance process, String id) throws Exception {
    for (int i = 0; i < 500 && executor.queue.isEmpty(); i++) {
      process.client.get(id);
      Thread.sleep(10);
    }
    assertFalse(executor.queue.isEmpty(), "a poll must start the task again");
  }

  @Test
  void anOlderRunThatThawsWritesNothing() throws Exception {
    CountDownLatch frozen = new CountDownLatch(1);
    CountDownLatch thaw = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    List<String> after = Collections.synchronizedList(new ArrayList<>());
    Instance old = process((nothing, call) -> {
      try {
        TaskCall.of(call).step("slow", String.class, () -> {
          frozen.countDown();
          while (thaw.getCount() > 0) { // it does not even see that it is cancelled
            LockSupport.parkNanos(1_000_000);
          }
          return "old";
        });
        after.add("the old run went on");
        return ToolResult.text("old");
      } finally {
        ended.countDown();
      }
    });
    Instance next = process((nothing, call) ->
        ToolResult.text(TaskCall.of(call).step("slow", String.class, () -> "new")));
    String id = old.client.create("work");
    Thread oldRun = start(old, executor.next());
    frozen.await();
    store.failure = record -> {
      throw new IOException("the old process is frozen");
    };
    Thread.sleep(LEASE.toMillis() + 50);
    store.failure = RecordingStore.Failure.NEVER;
    awaitStart(next, id);
    executor.run(next.tasks);
    next.client.get(id).has("/status", "completed").has("/result/content/0/text", "new");
    thaw.countDown();
    ended.await();
    oldRun.join();
    assertEquals(List.of(), after);
    next.client.get(id).has("/status", "completed").has("/result/content/0/text", "new");
  }

  @Test
  void aTaskThatKillsItsRunsIsGivenUp() throws Exception {
    Instance process = process((nothing, call) -> ToolResult.text("never"));
    String id = process.client.create("work");
    executor.queue.clear();
    Ledger ledger = new Ledger(store);
    for (int i = 0; i < 3; i++) { // each claims it and is never heard of again
      TaskState state = ledger.read(id);
      TaskState claimed = state.next();
      claimed.claim(System.currentTimeMillis() - 1);
      assertTrue(ledger.replace(claimed));
      process.client.get(id);
      executor.queue.clear();
    }
    TestAnswer failed = process.client.get(id).has("/status", "failed");
    failed.has("/error/code", -32603);
    assertTrue(failed.at("/error/message").asText().contains("3 runs in a row"), failed::toString);
    assertEquals(0, runs.get());
  }

  @Test
  void aRunIsNotClaimedTwice() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch finish = new CountDownLatch(1);
    Instance process = process((nothing, call) -> {
      running.countDown();
      finish.await();
      return ToolResult.text("once");
    });
    String id = process.client.create("work");
    Thread first = start(process, id);
    running.await();
    process.tasks.run(id); // a second delivery
    Thread.sleep(2 * LEASE.toMillis()); // the lease is renewed
    process.tasks.run(id);
    finish.countDown();
    first.join();
    process.tasks.run(id);
    process.client.get(id).has("/status", "completed");
    assertEquals(1, runs.get());
  }

  @Test
  void aCancelOfAnotherProcessIsSeen() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    Instance one = process((nothing, call) -> {
      running.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        interrupted.countDown();
      }
      return ToolResult.text("too late");
    });
    Instance other = process((nothing, call) -> ToolResult.text("never"));
    String id = one.client.create("work");
    Thread run = start(one, id);
    running.await();
    other.client.cancel(id).isResult();
    interrupted.await();
    run.join();
    other.client.get(id).has("/status", "cancelled");
  }

  @Test
  void aRunIsHandedOverBeforeAStepThatMayNotEnd() throws Exception {
    List<String> steps = Collections.synchronizedList(new ArrayList<>());
    Instance process = process((nothing, call) -> {
      TaskCall task = TaskCall.of(call);
      for (int i = 0; i < 12; i++) {
        String name = "step" + i;
        task.step(name, String.class, () -> {
          Thread.sleep(100);
          steps.add(name);
          return name;
        });
      }
      return ToolResult.text("all");
    });
    String id = process.client.create("work");
    int invocations = 0;
    for (String start = executor.next(); start != null; start = executor.next()) {
      process.tasks.run(start, Instant.now().plusMillis(600), Attributes.NONE);
      invocations++;
      assertTrue(invocations < 100, "no run gets on");
    }
    process.client.get(id).has("/status", "completed");
    assertEquals(12, steps.size(), steps::toString);
    assertTrue(invocations > 1);
    assertEquals(invocations, runs.get());
  }

  @Test
  void aStepThatIsLongerThanInvocationsIsGivenUp() throws Exception {
    AtomicInteger interrupts = new AtomicInteger();
    Instance process = process((nothing, call) -> TaskCall.of(call)
            .step("long", String.class, () -> {
              try {
                Thread.sleep(60_000);
              } catch (InterruptedException e) {
                interrupts.incrementAndGet();
                throw e;
              }
              return "never";
            })
            .isEmpty()
        ? ToolResult.text("")
        : ToolResult.text("never"));
    String id = process.client.create("work");
    for (String start = executor.next(); start != null; start = executor.next()) {
      process.tasks.run(start, Instant.now().plusMillis(200), Attributes.NONE);
    }
    process.client.get(id).has("/status", "failed").has("/error/code", -32603);
    assertEquals(3, interrupts.get());
  }

  @Test
  void writesThatFailAreRepeated() throws Exception {
    AtomicInteger effects = new AtomicInteger();
    Instance process = process((nothing, call) -> {
      int sum = 0;
      for (int i = 0; i < 10; i++) {
        TaskCall.of(call).step("large" + i, String.class, () -> "x".repeat(40_000));
        sum += TaskCall.of(call).step("s" + i, Integer.class, effects::incrementAndGet);
      }
      return ToolResult.text(sum + " " + "y".repeat(40_000));
    });
    AtomicInteger writes = new AtomicInteger();
    store.failure = record -> switch (writes.getAndIncrement() % 3) {
      case 0 -> RecordingStore.Outcome.LOST;
      case 1 -> RecordingStore.Outcome.DONE_WITHOUT_ANSWER;
      default -> RecordingStore.Outcome.DONE;
    };
    String id = process.client.create("work");
    executor.run(process.tasks);
    TestAnswer done = process.client.get(id).has("/status", "completed");
    assertTrue(done.at("/result/content/0/text").asText().startsWith("55 yyy"));
    assertEquals(10, effects.get());
    assertEquals(1, runs.get());
  }

  @Test
  void aTaskThatCannotBeStartedIsNotCreated() {
    Instance process = process((nothing, call) -> ToolResult.text("never"));
    executor.failure = new IOException("no permission");
    process.client.client.call("work").hasError(-32603);
    long tasks = store.keys().stream().filter(TaskRequests::isId).count();
    assertEquals(0, tasks);
  }
}
