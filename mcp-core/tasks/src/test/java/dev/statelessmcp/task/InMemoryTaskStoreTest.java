package dev.statelessmcp.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.protocol.McpException;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InMemoryTaskStoreTest extends TaskStoreContract {
  record Say(String text) {}

  private final Instant later = Instant.now().plusSeconds(3600);

  private final TaskStore store = TaskStore.inMemory();

  @Override
  protected TaskStore store() {
    return store;
  }

  /** The record of a task, whose keys are no longer than ids. */
  private TaskRecord task(int number, int bytes) {
    return new TaskRecord(String.format("%027d", number), 1, later, new byte[bytes]);
  }

  @Test
  void itsBytesAreBounded() throws IOException {
    TaskStore small = new InMemoryTaskStore(10_000);
    assertTrue(small.create(task(1, 4000)));
    assertTrue(small.create(task(2, 4000)));
    assertThrows(McpException.class, () -> small.create(task(3, 4000)));
    small.delete(task(1, 0).key());
    small.delete(task(1, 0).key());
    assertTrue(small.create(task(3, 4000)));
    TaskRecord smaller = new TaskRecord(task(2, 0).key(), 2, later, new byte[100]);
    assertTrue(small.replace(smaller));
    assertTrue(small.create(task(4, 3000)));
    assertThrows(McpException.class, () -> small.create(task(5, 3000)));
  }

  /** Tasks that exist can go on. */
  @Test
  void moreIsStoredOfTasksThatExist() throws IOException {
    TaskStore small = new InMemoryTaskStore(10_000);
    assertTrue(small.create(task(1, 9000)));
    assertTrue(small.create(new TaskRecord(task(1, 0).key() + ".part", 1, later, new byte[9000])));
    assertThrows(
        McpException.class,
        () -> small.create(new TaskRecord(task(1, 0).key() + ".more", 1, later, new byte[9000])));
  }

  @Test
  void expiredTasksFreeTheirMemory() throws Exception {
    TaskStore small = new InMemoryTaskStore(10_000);
    Instant soon = Instant.now().plusMillis(20);
    assertTrue(small.create(new TaskRecord(task(1, 0).key(), 1, soon, new byte[9000])));
    while (!Instant.now().isAfter(soon)) {
      Thread.sleep(5);
    }
    assertTrue(small.create(task(2, 9000)));
  }

  @Test
  void clientsAreToldAndTheOthersServed() throws Exception {
    QueueExecutor executor = new QueueExecutor(false);
    Tasks tasks = Tasks.of(new InMemoryTaskStore(50_000), executor).maxTasksPerCaller(5);
    Tool tool = Tool.of("work", "Works", Say.class, (say, call) -> ToolResult.text("x"))
        .apply(TaskPolicy.whenSupported());
    McpTestClient server =
        McpTestClient.of(tasks.build(McpServer.named("t", "1").tool(tool)));
    TaskClient client = new TaskClient(server);
    Map<String, String> large = Map.of("text", "x".repeat(20_000));
    List<String> ids = new ArrayList<>(List.of(client.create("work", large)));
    ids.add(client.create("work", large));
    for (int i = 0; i < 10; i++) { // more often than a caller may have tasks
      client.client.call("work", large).hasError(-32603, "The memory for tasks is full");
    }
    server.call("work", Map.of("text", "")).has("/content/0/text", "x"); // not as a task
    executor.run(tasks);
    for (String id : ids) {
      client.get(id).has("/status", "completed");
    }
    assertEquals(
        "working", client.get(client.create("work", large)).at("/status").asText());
  }
}
