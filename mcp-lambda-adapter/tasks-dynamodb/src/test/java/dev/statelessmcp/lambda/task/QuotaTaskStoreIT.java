package dev.statelessmcp.lambda.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.input.Question;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.task.TaskExecutor;
import dev.statelessmcp.task.TaskPolicy;
import dev.statelessmcp.task.Tasks;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.test.TestTask;
import dev.statelessmcp.tool.NoArguments;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The number of tasks of one caller in a table, while many begin and end at once. */
class QuotaTaskStoreIT {
  private static final int MOST = 40;
  private static final int CALLS = 60;

  record Word(String word) {}

  private static McpServer server() {
    Tool asks = Tool.of("ask", "Asks", NoArguments.class, (nothing, call) -> {
          call.ask("word", Question.form("Which word?", Word.class));
          return ToolResult.text("never");
        })
        .asks(QuestionKind.FORM)
        .apply(TaskPolicy.required().pollInterval(Duration.ofMillis(50)));
    return Tasks.of(new DynamoDbTaskStoreIT().store(), TaskExecutor.threads())
        .maxTasksPerCaller(MOST)
        .build(McpServer.named("t", "1").tool(asks));
  }

  private static <T> List<T> all(ExecutorService threads, List<Callable<T>> work) throws Exception {
    List<T> results = new ArrayList<>();
    for (Future<T> each : threads.invokeAll(work)) {
      results.add(each.get());
    }
    return results;
  }

  @Test
  void aCallerHasNoMoreAndNoLessThanItsPlaces() throws Exception {
    // Two processes, whose counts are the same one
    List<McpServer> servers = List.of(server(), server());
    String caller = "caller-" + UUID.randomUUID();
    ExecutorService threads = Executors.newFixedThreadPool(CALLS);
    try {
      for (int round = 0; round < 2; round++) {
        List<Callable<String>> creations = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
          McpTestClient client = client(servers.get(i % 2), caller);
          creations.add(() -> idOrLimit(client));
        }
        List<String> ids = new ArrayList<>(all(threads, creations));
        ids.removeIf(String::isEmpty);
        assertEquals(MOST, ids.size());
        List<Callable<TestTask>> ends = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
          TestTask task = client(servers.get(i % 2), caller).task(ids.get(i));
          ends.add(task::cancel);
        }
        for (TestTask task : all(threads, ends)) {
          task.await("cancelled");
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static McpTestClient client(McpServer server, String caller) {
    return McpTestClient.of(server)
        .caller(Caller.of(caller))
        .extension(Tasks.EXTENSION)
        .timeout(Duration.ofSeconds(60));
  }

  /** The id of a new task; empty if the caller has no place left. */
  private static String idOrLimit(McpTestClient client) {
    var answer = client.call("ask", Map.of());
    if (answer.message().has("result")) {
      return answer.at("/taskId").asText();
    }
    answer.hasError(429, MOST + " unfinished tasks");
    return "";
  }
}
