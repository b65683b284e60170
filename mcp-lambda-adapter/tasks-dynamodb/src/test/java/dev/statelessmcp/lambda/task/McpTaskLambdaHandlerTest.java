package dev.statelessmcp.lambda.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.lambda.LambdaSettings;
import dev.statelessmcp.lambda.test.LambdaEvent;
import dev.statelessmcp.lambda.test.LambdaTransport;
import dev.statelessmcp.task.TaskExecutor;
import dev.statelessmcp.task.TaskPolicy;
import dev.statelessmcp.task.TaskRecord;
import dev.statelessmcp.task.TaskStore;
import dev.statelessmcp.task.Tasks;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.tool.NoArguments;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The events of a function that runs tasks. */
@Execution(ExecutionMode.CONCURRENT) // they wait for a store that fails
class McpTaskLambdaHandlerTest {
  private static final TaskStore MEMORY = TaskStore.inMemory();

  private final Deque<String> started = new ArrayDeque<>();
  private boolean storeFails;
  private int reads;

  private final class Store implements TaskStore {
    @Override
    public boolean create(TaskRecord record) throws IOException {
      return MEMORY.create(record);
    }

    @Override
    public Optional<TaskRecord> read(String key) throws IOException {
      reads++;
      if (storeFails) {
        throw new IOException("the test's store fails");
      }
      return MEMORY.read(key);
    }

    @Override
    public boolean replace(TaskRecord record) throws IOException {
      return MEMORY.replace(record);
    }

    @Override
    public void delete(String key) throws IOException {
      MEMORY.delete(key);
    }

    @Override
    public int maxBytes() {
      return MEMORY.maxBytes();
    }
  }

  private final class Executor implements TaskExecutor {
    @Override
    public void start(String taskId, Tasks tasks) {
      started.add(taskId);
    }

    @Override
    public boolean isRemote() {
      return true;
    }
  }

  private static final class Function extends McpTaskLambdaHandler {
    Function(Tasks tasks) {
      super(
          tasks.build(McpServer.named("t", "1")
              .tool(
                  Tool.of("work", "Works", NoArguments.class, (in, call) -> ToolResult.text("done"))
                      .apply(TaskPolicy.required()))),
          tasks,
          LambdaSettings.defaults());
    }
  }

  private final Function function = new Function(Tasks.of(new Store(), new Executor()));

  private final McpTestClient client =
      McpTestClient.of(LambdaTransport.of(function, LambdaEvent.DIRECT, "/mcp"));

  private String create() {
    return client.startTask("work").id();
  }

  private String status(String id) {
    return client.task(id).get().at("/status").asText();
  }

  private static ObjectNode queue(String... bodies) {
    ObjectNode event = Json.object();
    for (String body : bodies) {
      ObjectNode record = event.withArrayProperty("Records").addObject();
      record
          .put("messageId", "m" + event.path("Records").size())
          .put("eventSource", "aws:sqs")
          .put("body", body);
    }
    return event;
  }

  @Test
  void itsOwnEventRunsATask() {
    String id = create();
    assertEquals(id, started.poll());
    assertEquals("working", status(id));
    assertEquals("{}", Json.text(function.serve(LambdaTaskExecutor.event(id), null)));
    assertEquals("completed", status(id));
    function.serve(LambdaTaskExecutor.event(id), null); // as Lambda may
    assertEquals("completed", status(id));
  }

  @Test
  void aMessageRunsATask() {
    String one = create();
    String two = create();
    JsonNode answer = function.serve(
        queue(Json.text(LambdaTaskExecutor.event(one)), Json.text(LambdaTaskExecutor.event(two))),
        null);
    assertEquals("{\"batchItemFailures\":[]}", Json.text(answer));
    assertEquals("completed", status(one));
    assertEquals("completed", status(two));
  }

  @Test
  void aMessageWhoseStoreFailsIsDeliveredAgain() {
    String id = create();
    storeFails = true;
    JsonNode answer = function.serve(queue(Json.text(LambdaTaskExecutor.event(id))), null);
    assertEquals("m1", answer.at("/batchItemFailures/0/itemIdentifier").asText());
    storeFails = false;
    assertEquals("working", status(id));
  }

  @Test
  void aMessageThatIsNotOfATaskDoesNotKeepTheOthersFromRunning() {
    String id = create();
    JsonNode answer =
        function.serve(queue("no JSON", "{}", Json.text(LambdaTaskExecutor.event(id))), null);
    assertEquals(
        "[{\"itemIdentifier\":\"m1\"},{\"itemIdentifier\":\"m2\"}]",
        Json.text(answer.get("batchItemFailures")));
    assertEquals("completed", status(id));
  }

  @Test
  void anInvocationWhoseStoreFailsFails() {
    String id = create();
    storeFails = true;
    IllegalStateException e = assertThrows(
        IllegalStateException.class, () -> function.serve(LambdaTaskExecutor.event(id), null));
    assertTrue(e.getMessage().contains("store fails"), e.getMessage());
  }

  @Test
  void aSnapshotIsTakenAfterTheStoreWasRead() throws Exception {
    int before = reads;
    function.beforeCheckpoint();
    assertEquals(before + 1, reads);
    storeFails = true;
    function.beforeCheckpoint(); // a store that fails does not end the start
    assertTrue(reads > before + 1);
  }

  @Test
  void otherEventsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> function.serve(queue("{}"), null));
    assertThrows(IllegalArgumentException.class, () -> function.serve(queue("no JSON"), null));
    ObjectNode event = Json.object().put("source", "aws.events").put("taskId", "x");
    assertThrows(IllegalArgumentException.class, () -> function.serve(event, null));
  }
}
