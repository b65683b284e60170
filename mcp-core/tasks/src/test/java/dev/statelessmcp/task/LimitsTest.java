package dev.statelessmcp.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.protocol.McpException;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.test.TestAnswer;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolHandler;
import dev.statelessmcp.tool.ToolResult;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The number of tasks, the size of results, and the time of requests. */
class LimitsTest {
  record Say(String text) {}

  private final RecordingStore store = new RecordingStore();
  private final QueueExecutor executor = new QueueExecutor(false);

  private McpTestClient serve(Tasks tasks, ToolHandler<Say, ToolResult> handler) {
    Tool tool = Tool.of("work", "Works", Say.class, handler).apply(TaskPolicy.whenSupported());
    return McpTestClient.of(tasks.build(McpServer.named("t", "1").tool(tool)));
  }

  @Test
  void aCallerHasSoManyUnfinishedTasks() throws Exception {
    Tasks tasks = Tasks.of(store, executor).maxTasksPerCaller(2);
    McpTestClient server = serve(tasks, (say, call) -> ToolResult.text("x"));
    TaskClient ann = new TaskClient(server.caller(Caller.of("ann")));
    TaskClient bob = new TaskClient(server.caller(Caller.of("bob")));
    ann.create("work", Map.of("text", ""));
    String second = ann.create("work", Map.of("text", ""));
    ann.client.call("work", Map.of("text", "")).hasError(429, "2 unfinished tasks");
    bob.create("work", Map.of("text", ""));
    ann.cancel(second);
    ann.create("work", Map.of("text", ""));
    ann.client.call("work", Map.of("text", "")).hasError(429);
    executor.run(tasks);
    ann.create("work", Map.of("text", ""));
    ann.create("work", Map.of("text", ""));
    ann.client.call("work", Map.of("text", "")).hasError(429);
  }

  @Test
  void withoutALimitNothingIsCounted() {
    Tasks tasks = Tasks.of(store, executor).maxTasksPerCaller(0);
    TaskClient client = new TaskClient(serve(tasks, (say, call) -> ToolResult.text("x")));
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 150; i++) {
      ids.add(client.create("work", Map.of("text", "")));
    }
    assertEquals(150, ids.size());
    assertEquals(ids, store.keys());
  }

  @Test
  void aResultThatIsTooLargeFailsReadably() throws Exception {
    Tasks tasks = Tasks.of(store, executor).maxResultBytes(100_000);
    TaskClient client =
        new TaskClient(serve(tasks, (say, call) -> ToolResult.text("x".repeat(100_000))));
    String id = client.create("work", Map.of("text", ""));
    executor.run(tasks);
    TestAnswer failed = client.get(id).has("/status", "failed").has("/error/code", -32603);
    assertTrue(failed.at("/error/message").asText().contains("the limit of a task is 100000"));
  }

  @Test
  void aLargeResultAndLargeArgumentsAreSplit() throws Exception {
    Tasks tasks = Tasks.of(store, executor);
    TaskClient client =
        new TaskClient(serve(tasks, (say, call) -> ToolResult.text(say.text() + say.text())));
    String text = "€".repeat(100_000);
    String id = client.create("work", Map.of("text", text));
    executor.run(tasks);
    client.get(id).has("/result/content/0/text", text + text);
    assertTrue(store.largest() <= RecordingStore.MAX_BYTES);
  }

  @Test
  void aStateThatIsTooLargeEndsTheTask() throws Exception {
    Tasks tasks = Tasks.of(store, executor);
    TaskClient client = new TaskClient(serve(tasks, (say, call) -> {
      for (int i = 0; i < 100; i++) {
        TaskCall.of(call).step("step" + i, String.class, () -> "x".repeat(1000));
      }
      return ToolResult.text("never");
    }));
    String id = client.create("work", Map.of("text", ""));
    executor.run(tasks);
    client.get(id).has("/status", "failed").has("/error/code", -32603);
  }

  @Test
  void aRunThatARateLimitRefusesIsTriedAgain() throws Exception {
    Tasks tasks = Tasks.of(store, executor).lease(Duration.ofMillis(200));
    AtomicInteger refusals = new AtomicInteger();
    Tool tool = Tool.of("work", "Works", Say.class, (say, call) -> ToolResult.text("done"))
        .apply(TaskPolicy.required());
    TaskClient client = new TaskClient(McpTestClient.of(tasks.build(McpServer.named("t", "1")
        .tool(tool)
        .interceptor((operation, next) -> {
          if (operation.transport().equals("task") && refusals.getAndIncrement() < 2) {
            throw new McpException(ErrorCode.RATE_LIMITED, "too many");
          }
          return next.call();
        }))));
    String id = client.create("work", Map.of("text", ""));
    for (int i = 0; i < 500 && client.get(id).at("/status").asText().equals("working"); i++) {
      executor.run(tasks);
      Thread.sleep(10);
    }
    client.get(id).has("/status", "completed").has("/result/content/0/text", "done");
    assertEquals(3, refusals.get());
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT) // it waits
  void aRequestThatTakesTooLongSaysWhy() {
    Tasks tasks = Tasks.of(store, executor);
    Tool tool = Tool.of("work", "Works", Say.class, (say, call) -> {
          if (say.text().equals("slow")) {
            Thread.sleep(60_000);
          }
          return ToolResult.text("fast");
        })
        .apply(TaskPolicy.required());
    McpServer server = tasks.build(McpServer.named("t", "1").tool(tool));
    ShortRequests requests = new ShortRequests(server, Instant.now().plus(Duration.ofSeconds(3)));
    assertTrue(requests.call("fast").contains("fast"));
    String error = requests.call("slow");
    assertTrue(error.contains("takes longer than this request may last"), error);
    assertTrue(error.contains("\"isError\":true"), error);
  }
}
