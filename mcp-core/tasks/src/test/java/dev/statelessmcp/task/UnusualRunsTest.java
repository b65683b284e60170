package dev.statelessmcp.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.input.Question;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.input.Questions;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.McpException;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.test.TestAnswer;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolHandler;
import dev.statelessmcp.tool.ToolResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Runs whose handlers say much, stores that refuse everything, and many calls at once. */
class UnusualRunsTest {
  private static final String HUGE = "€".repeat(50_000);

  record Nothing() {}

  private final RecordingStore store = new RecordingStore();
  private final QueueExecutor executor = new QueueExecutor(false);
  private final Tasks tasks = Tasks.of(store, executor).lease(Duration.ofMillis(300));

  private static Tool tool(ToolHandler<Nothing, ToolResult> handler) {
    return Tool.of("work", "Works", Nothing.class, handler)
        .mayAsk(QuestionKind.FORM)
        .apply(TaskPolicy.required().pollInterval(Duration.ofMillis(20)));
  }

  private TaskClient client(ToolHandler<Nothing, ToolResult> handler) {
    return new TaskClient(
        McpTestClient.of(tasks.build(McpServer.named("t", "1").tool(tool(handler)))));
  }

  @Test
  void aHugeMessageIsCutAndTheRunGoesOn() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch seen = new CountDownLatch(1);
    TaskClient client = client((nothing, call) -> {
      runs.incrementAndGet();
      call.progress(1, 2, "\uD83D\uDE00".repeat(50_000));
      seen.await();
      return ToolResult.text("done");
    });
    String id = client.create("work");
    Thread run = TaskThreads.start("test-run", () -> {
      try {
        executor.run(tasks);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    });
    for (int i = 0; i < 500 && !client.get(id).result().has("statusMessage"); i++) {
      Thread.sleep(10);
    }
    String message = client.get(id).at("/statusMessage").asText();
    assertTrue(message.startsWith("\uD83D\uDE00") && message.endsWith("…"), message);
    assertTrue(message.length() <= 1000, () -> "length " + message.length());
    assertTrue(Character.isLowSurrogate(message.charAt(message.length() - 2)), message);
    Thread.sleep(500); // longer than the lease, which its keeper renews
    client.get(id).has("/status", "working");
    seen.countDown();
    run.join();
    client.get(id).has("/status", "completed");
    assertEquals(1, runs.get());
  }

  @Test
  void aHugeErrorIsKept() throws Exception {
    TaskClient client = client((nothing, call) -> {
      throw new McpException(1234, HUGE, Json.object().put("more", HUGE));
    });
    String id = client.create("work");
    executor.run(tasks);
    TestAnswer failed = client.get(id).has("/status", "failed").has("/error/code", 1234);
    failed.has("/error/message", HUGE).has("/error/data/more", HUGE);
    assertTrue(failed.at("/statusMessage").asText().length() <= 1000);
    assertTrue(store.largest() <= RecordingStore.MAX_BYTES);
  }

  @Test
  void anErrorThatIsTooLargeSaysSo() throws Exception {
    tasks.maxResultBytes(100_000);
    TaskClient client = client((nothing, call) -> {
      throw new McpException(1234, "short", Json.object().put("more", HUGE));
    });
    String id = client.create("work");
    executor.run(tasks);
    TestAnswer failed = client.get(id).has("/status", "failed").has("/error/code", 1234);
    assertTrue(failed.at("/error/message").asText().contains("the limit of a task is 100000"));
  }

  @Test
  void aPartialAnswerIsAnUpdate() throws Exception {
    TaskClient client = client((nothing, call) -> {
      Questions questions = new Questions();
      questions.add("one", Question.form("One?", Word.class));
      questions.add("two", Question.form("Two?", Word.class));
      call.ask(questions);
      return ToolResult.text("done");
    });
    String id = client.create("work");
    executor.run(tasks);
    TestAnswer before = client.get(id).has("/status", "input_required");
    Thread.sleep(5);
    ObjectNode one = Json.object();
    one.set("one.1", TaskClient.accept(Map.of("word", "a")));
    client.update(id, one).isResult();
    TestAnswer after = client.get(id).has("/status", "input_required");
    assertEquals(1, after.at("/inputRequests").size());
    assertNotEquals(before.at("/lastUpdatedAt"), after.at("/lastUpdatedAt"));
  }

  record Word(String word) {}

  @Test
  void aStoreThatRefusesEverythingEndsTheRun() throws Exception {
    AtomicBoolean refuses = new AtomicBoolean();
    AtomicBoolean interrupted = new AtomicBoolean();
    store.failure = record -> {
      if (refuses.get()) {
        throw new IllegalStateException("the role may not write any more");
      }
      return RecordingStore.Outcome.DONE;
    };
    TaskClient client = client((nothing, call) -> {
      refuses.set(true);
      call.progress(1, 2, "half");
      try {
        Thread.sleep(20_000);
      } catch (InterruptedException e) {
        interrupted.set(true);
      }
      return ToolResult.text("never");
    });
    String id = client.create("work");
    executor.run(tasks);
    assertTrue(interrupted.get());
    client.get(id).has("/status", "working");
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT) // it waits
  void manyTasksOfOneCallerBeginAtOnce() throws Exception {
    int calls = 150;
    Tasks slow = Tasks.of(new SlowStore(), executor).maxTasksPerCaller(calls);
    McpTestClient server = McpTestClient.of(slow.build(
        McpServer.named("t", "1").tool(tool((nothing, call) -> ToolResult.text("done")))));
    ExecutorService threads = Executors.newFixedThreadPool(calls);
    try {
      List<Future<String>> ids = new ArrayList<>();
      for (int i = 0; i < calls; i++) {
        ids.add(
            threads.submit(() -> new TaskClient(server.caller(Caller.of("ann"))).create("work")));
      }
      for (Future<String> id : ids) {
        id.get();
      }
      List<Future<?>> runs = new ArrayList<>();
      for (String id = executor.next(); id != null; id = executor.next()) {
        String next = id;
        runs.add(threads.submit(() -> {
          slow.run(next);
          return null;
        }));
      }
      for (Future<?> run : runs) {
        run.get();
      }
    } finally {
      threads.shutdownNow();
    }
    // Each place is free again
    TaskClient ann = new TaskClient(server.caller(Caller.of("ann")));
    for (int i = 0; i < calls; i++) {
      ann.create("work");
    }
    ann.client.call("work", Map.of()).hasError(429);
  }

  /** A store that fails like a remote table. */
  private static final class SlowStore implements TaskStore {
    private final TaskStore store = TaskStore.inMemory();

    private static void travel() throws IOException {
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
    }

    @Override
    public boolean create(TaskRecord record) throws IOException {
      travel();
      return store.create(record);
    }

    @Override
    public Optional<TaskRecord> read(String key) throws IOException {
      travel();
      return store.read(key);
    }

    @Override
    public boolean replace(TaskRecord record) throws IOException {
      travel();
      return store.replace(record);
    }

    @Override
    public void delete(String key) throws IOException {
      travel();
      store.delete(key);
    }

    @Override
    public int maxBytes() {
      return store.maxBytes();
    }
  }
}
