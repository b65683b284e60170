package dev.statelessmcp.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.input.Question;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolHandler;
import dev.statelessmcp.tool.ToolResult;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Steps run once, however often the handler does. */
class StepsTest {
  record Nothing() {}

  record Name(String name) {}

  record Receipt(String number, List<Double> amounts) {}

  private final QueueExecutor executor = new QueueExecutor(false);
  private final Tasks tasks = Tasks.of(TaskStore.inMemory(), executor);
  private final AtomicInteger effects = new AtomicInteger();

  private TaskClient client(ToolHandler<Nothing, ToolResult> handler) {
    Tool tool = Tool.of("work", "Works", Nothing.class, handler)
        .asks(QuestionKind.FORM)
        .apply(TaskPolicy.required());
    return new TaskClient(McpTestClient.of(tasks.build(McpServer.named("t", "1").tool(tool))));
  }

  /** Runs a task with one question; returns its answer's text. */
  private String runWithQuestion(ToolHandler<Nothing, ToolResult> handler) throws Exception {
    TaskClient client = client(handler);
    String id = client.create("work");
    executor.run(tasks);
    client.get(id).has("/status", "input_required");
    client.answerOnly(id, Map.of("name", "Ann"));
    executor.run(tasks);
    return client
        .get(id)
        .has("/status", "completed")
        .at("/result/content/0/text")
        .asText();
  }

  @Test
  void aStepRunsOnceOverAQuestion() throws Exception {
    String text = runWithQuestion((nothing, call) -> {
      TaskCall task = TaskCall.of(call);
      Receipt receipt = task.step("charge", Receipt.class, () -> {
        effects.incrementAndGet();
        return new Receipt(task.taskId().orElseThrow(), List.of(1.5, 2.0));
      });
      Name name = call.ask("name", Question.form("?", Name.class));
      int second = task.step("second", Integer.class, effects::incrementAndGet);
      return ToolResult.text(receipt.amounts() + name.name() + second);
    });
    assertEquals("[1.5, 2.0]Ann2", text);
    assertEquals(2, effects.get());
  }

  @Test
  void everyTypeComesBack() throws Exception {
    String text = runWithQuestion((nothing, call) -> {
      TaskCall task = TaskCall.of(call);
      String all = task.step("s", String.class, () -> "ä")
          + task.step("b", Boolean.class, () -> true)
          + task.step("i", Integer.class, () -> -7)
          + task.step("l", Long.class, () -> 1L << 60)
          + task.step("d", Double.class, () -> 0.25)
          + task.step("d2", Double.class, () -> 3.0)
          + Json.text(task.step("j", ObjectNode.class, () -> Json.object().put("x", 1)))
          + task.step("large", String.class, () -> "y".repeat(5000)).length();
      call.ask("name", Question.form("?", Name.class));
      return ToolResult.text(all);
    });
    assertEquals("ätrue-71152921504606846976" + "0.253.0{\"x\":1}5000", text);
  }

  @Test
  void aStepThatThrowsIsNotRemembered() throws Exception {
    String text = runWithQuestion((nothing, call) -> {
      TaskCall task = TaskCall.of(call);
      String step;
      try {
        step = task.step("try", String.class, () -> {
          if (effects.incrementAndGet() == 1) {
            throw new IllegalStateException("first time");
          }
          return "second time";
        });
      } catch (IllegalStateException e) {
        step = e.getMessage();
      }
      call.ask("name", Question.form("?", Name.class));
      return ToolResult.text(step);
    });
    assertEquals("second time", text);
  }

  @Test
  void twoStepsOfOneNameFailTheTask() throws Exception {
    TaskClient client = client((nothing, call) -> {
      TaskCall.of(call).step("same", Integer.class, effects::incrementAndGet);
      TaskCall.of(call).step("same", Integer.class, effects::incrementAndGet);
      return ToolResult.text("never");
    });
    String id = client.create("work");
    executor.run(tasks);
    client.get(id).has("/status", "failed").has("/error/code", -32603);
    assertEquals(1, effects.get());
  }

  @Test
  void anUnknownTypeFailsBeforeTheStepRuns() throws Exception {
    TaskClient client = client((nothing, call) -> {
      TaskCall.of(call).step("list", List.class, () -> {
        effects.incrementAndGet();
        return List.of();
      });
      return ToolResult.text("never");
    });
    String id = client.create("work");
    executor.run(tasks);
    client.get(id).has("/status", "failed");
    assertEquals(0, effects.get());
  }

  @Test
  void stepsOfAnEndedTaskAreDeleted() throws Exception {
    RecordingStore store = new RecordingStore();
    Tasks own = Tasks.of(store, executor);
    Tool tool = Tool.of("work", "Works", Nothing.class, (nothing, call) -> {
          TaskCall.of(call).step("large", String.class, () -> "y".repeat(50_000));
          return ToolResult.text("z".repeat(50_000));
        })
        .apply(TaskPolicy.required());
    TaskClient client =
        new TaskClient(McpTestClient.of(own.build(McpServer.named("t", "1").tool(tool))));
    String id = client.create("work");
    executor.run(own);
    assertEquals(50_000, client.get(id).at("/result/content/0/text").asText().length());
    long left = store.keys().stream().filter(key -> key.startsWith(id)).count();
    assertEquals(
        1 + 4, left, () -> store.keys().toString()); // the task, and the parts of its result
    assertTrue(store.largest() <= RecordingStore.MAX_BYTES);
  }
}
