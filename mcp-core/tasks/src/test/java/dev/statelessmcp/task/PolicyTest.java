package dev.statelessmcp.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.input.Question;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.McpException;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.test.TestAnswer;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolHandler;
import dev.statelessmcp.tool.ToolResult;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The policies under which a call becomes a task later than at once. */
class PolicyTest {
  record Say(String text) {}

  record Name(String name) {}

  private final RecordingStore store = new RecordingStore();
  private final QueueExecutor queue = new QueueExecutor(true);

  private TaskClient client(Tasks tasks, TaskPolicy policy, ToolHandler<Say, ToolResult> handler) {
    Tool tool = Tool.of("work", "Works", Say.class, handler)
        .mayAsk(QuestionKind.FORM)
        .apply(policy.pollInterval(Duration.ofMillis(50)));
    return new TaskClient(McpTestClient.of(tasks.build(McpServer.named("t", "1").tool(tool))));
  }

  private static TaskPolicy longerThan(long millis) {
    return TaskPolicy.longerThan(Duration.ofMillis(millis));
  }

  private Tasks here() {
    return Tasks.of(store, TaskExecutor.threads());
  }

  private Tasks elsewhere() {
    return Tasks.of(store, queue);
  }

  @Test
  void aFastCallIsAnsweredAndNothingIsStored() {
    TaskClient client = client(here(), longerThan(10_000), (say, call) -> {
      String step = TaskCall.of(call).step("large", String.class, () -> "x".repeat(5000));
      return ToolResult.text(say.text() + step.length()).meta(Json.object().put("a", 1));
    });
    TestAnswer answer = client.client.call("work", Map.of("text", "fast"));
    answer.has("/resultType", "complete").hasText("fast5000").has("/_meta/a", 1);
    assertTrue(store.keys().isEmpty(), () -> store.keys().toString());
  }

  @Test
  void aFastErrorIsAnswered() {
    TaskClient client = client(here(), longerThan(10_000), (say, call) -> {
      throw new McpException(77, "no", Json.object().put("b", 2));
    });
    client.client.call("work", Map.of("text", "")).hasError(77, "no").error();
    assertTrue(store.keys().isEmpty());
  }

  @Test
  void aSlowCallGoesOnAsATask() throws Exception {
    CountDownLatch finish = new CountDownLatch(1);
    AtomicInteger runs = new AtomicInteger();
    TaskClient client = client(here(), longerThan(50), (say, call) -> {
      runs.incrementAndGet();
      String id = TaskCall.of(call).taskId().orElseThrow();
      TaskCall.of(call).step("before", String.class, () -> "x".repeat(50_000));
      call.progress(1, 2, "half");
      finish.await();
      TaskCall.of(call).step("after", String.class, () -> "x".repeat(50_000));
      return ToolResult.text(id);
    });
    String id = client.create("work", Map.of("text", ""));
    client.get(id).has("/status", "working").has("/statusMessage", "half");
    finish.countDown();
    client.await(id, "completed").has("/result/content/0/text", id);
    assertEquals(1, runs.get());
  }

  @Test
  void aSlowCallStartsAgainElsewhereWithItsSteps() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    AtomicInteger effects = new AtomicInteger();
    CountDownLatch interrupted = new CountDownLatch(1);
    Tasks tasks = elsewhere();
    TaskClient client = client(tasks, longerThan(50), (say, call) -> {
      int effect = TaskCall.of(call).step("effect", Integer.class, effects::incrementAndGet);
      if (runs.incrementAndGet() == 1) {
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException e) {
          interrupted.countDown();
          throw e;
        }
      }
      return ToolResult.text("effect " + effect);
    });
    String id = client.create("work", Map.of("text", ""));
    interrupted.await();
    queue.run(tasks);
    client.get(id).has("/status", "completed").has("/result/content/0/text", "effect 1");
    assertEquals(1, effects.get());
    assertEquals(2, runs.get());
  }

  @Test
  void aFastCallThatAsksBecomesATask() throws Exception {
    Tasks tasks = elsewhere();
    TaskClient client = client(
        tasks,
        longerThan(10_000),
        (say, call) ->
            ToolResult.text(call.ask("name", Question.form("?", Name.class)).name()));
    TestAnswer created = client.client.call("work", Map.of("text", ""));
    created.has("/resultType", "task").has("/status", "input_required");
    String id = created.at("/taskId").asText();
    client.answerOnly(id, Map.of("name", "Ann"));
    queue.run(tasks);
    client.get(id).has("/result/content/0/text", "Ann");
  }

  @Test
  void questionsBeforeDetachAreAskedInTheRequest() throws Exception {
    Tasks tasks = elsewhere();
    AtomicInteger effects = new AtomicInteger();
    TaskClient client = client(tasks, TaskPolicy.onDetach(), (say, call) -> {
      TaskCall task = TaskCall.of(call);
      Name name = call.ask("name", Question.form("Who?", Name.class));
      int effect = task.step("effect", Integer.class, effects::incrementAndGet);
      task.detach();
      Name other = call.ask("other", Question.form("Who else?", Name.class));
      return ToolResult.text(name.name() + effect + other.name());
    });
    TestAnswer created = client
        .client
        .answers("name", new Name("Ann"))
        .call("work", Map.of("text", ""))
        .hasAsked("Who?")
        .has("/resultType", "task");
    assertFalse(created.result().has("requestState"));
    String id = created.at("/taskId").asText();
    queue.run(tasks);
    client.answerOnly(id, Map.of("name", "Bob"));
    queue.run(tasks);
    client.get(id).has("/status", "completed").has("/result/content/0/text", "Ann1Bob");
    assertEquals(1, effects.get());
  }

  @Test
  void aCallThatDoesNotDetachIsAnswered() {
    TaskClient client =
        client(elsewhere(), TaskPolicy.onDetach(), (say, call) -> ToolResult.text("no need"));
    client.client.call("work", Map.of("text", "")).hasText("no need");
    assertTrue(store.keys().isEmpty());
  }

  @Test
  void detachDoesNothingForAClientWithoutTheExtension() {
    Tasks tasks = elsewhere();
    Tool tool = Tool.of("work", "Works", Say.class, (say, call) -> {
          TaskCall.of(call).detach();
          return ToolResult.text("here");
        })
        .apply(TaskPolicy.onDetach());
    McpTestClient.of(tasks.build(McpServer.named("t", "1").tool(tool)))
        .call("work", Map.of("text", ""))
        .hasText("here");
  }

  @Test
  void settingsAreChecked() {
    assertThrows(IllegalArgumentException.class, () -> longerThan(0));
    TaskPolicy policy = TaskPolicy.required();
    assertThrows(IllegalArgumentException.class, () -> policy.ttl(Duration.ofMillis(999)));
    assertThrows(IllegalArgumentException.class, () -> policy.pollInterval(Duration.ZERO));
    Tasks tasks = Tasks.inMemory();
    assertThrows(IllegalArgumentException.class, () -> tasks.lease(Duration.ofMillis(99)));
    assertThrows(IllegalArgumentException.class, () -> tasks.maxAttempts(0));
    assertThrows(IllegalArgumentException.class, () -> tasks.maxTasksPerCaller(-1));
    assertThrows(IllegalArgumentException.class, () -> tasks.maxResultBytes(1023));
    assertThrows(IllegalStateException.class, () -> tasks.run("x"));
    tasks.build(McpServer.named("a", "1"));
    McpServer.Builder second = McpServer.named("b", "1");
    assertThrows(IllegalStateException.class, () -> tasks.build(second));
  }
}
