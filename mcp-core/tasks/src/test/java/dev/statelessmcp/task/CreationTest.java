package dev.statelessmcp.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.RequestId;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolHandler;
import dev.statelessmcp.tool.ToolResult;
import dev.statelessmcp.transport.CancellationSource;
import dev.statelessmcp.transport.Exchange;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Creations that fail or whose client has gone leave no task that the caller cannot end. */
class CreationTest {
  record Say(String text) {}

  private static final String LARGE = "x".repeat(2 * RecordingStore.MAX_BYTES);

  private final RecordingStore store = new RecordingStore();
  private final QueueExecutor executor = new QueueExecutor(false);
  private final Tasks tasks = Tasks.of(store, executor).maxTasksPerCaller(1);

  private McpServer server(TaskPolicy policy, ToolHandler<Say, ToolResult> handler) {
    return tasks.build(McpServer.named("t", "1")
        .tool(Tool.of("work", "Works", Say.class, handler).apply(policy)));
  }

  private TaskClient client() {
    return new TaskClient(McpTestClient.of(server(
        TaskPolicy.required(),
        (say, call) -> ToolResult.text(call.trace().baggage() + call.trace().tracestate()))));
  }

  private static boolean isTask(TaskRecord record) {
    return TaskRequests.isId(record.key());
  }

  @Test
  void aTraceThatIsLargeDoesNotFailTheTask() throws Exception {
    TaskClient client = client();
    ObjectNode trace = Json.object()
        .put("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
        .put("tracestate", "a=b")
        .put("baggage", LARGE);
    TaskClient traced = new TaskClient(client.client.meta(trace));
    String id = traced.create("work", Map.of("text", ""));
    executor.run(tasks);
    client.get(id).has("/result/content/0/text", LARGE + "a=b");
    assertTrue(store.largest() <= RecordingStore.MAX_BYTES);
    for (String key : store.keys()) { // the result is what is left of it
      assertTrue(key.startsWith("caller.") || key.startsWith(id), key);
    }
    assertEquals(5, store.keys().size(), () -> store.keys().toString());
  }

  @Test
  void aTaskThatCannotBeStoredTakesNoPlace() {
    TaskClient client = client();
    store.failure = write -> {
      if (isTask(write)) {
        throw new IllegalStateException("the test refuses a task");
      }
      return RecordingStore.Outcome.DONE;
    };
    client.client.call("work", Map.of("text", LARGE)).hasError(ErrorCode.INTERNAL_ERROR);
    assertEquals(1, store.keys().size(), () -> store.keys().toString()); // the caller's count
    store.failure = RecordingStore.Failure.NEVER;
    client.create("work", Map.of("text", ""));
  }

  @Test
  void aTaskThatCannotBeStartedLeavesNothing() throws Exception {
    TaskClient client = client();
    executor.failure = new IOException("the test has no queue");
    client.client.call("work", Map.of("text", LARGE)).hasError(ErrorCode.INTERNAL_ERROR);
    assertEquals(1, store.keys().size(), () -> store.keys().toString());
    executor.failure = null;
    client.create("work", Map.of("text", ""));
  }

  static Stream<TaskPolicy> policies() {
    return Stream.of(TaskPolicy.required(), TaskPolicy.longerThan(Duration.ofMillis(1)));
  }

  /** Its answer is not sent, so no client knows its id. */
  @ParameterizedTest
  @MethodSource("policies")
  void aCallThatIsCancelledWhileItsTaskIsStoredTakesNoPlace(TaskPolicy policy) throws Exception {
    CancellationSource cancellation = new CancellationSource();
    McpServer server = server(policy, (say, call) -> {
      if (!say.text().isEmpty()) {
        Thread.sleep(60_000); // its run is interrupted
      }
      return ToolResult.text("x");
    });
    store.failure = write -> {
      if (isTask(write)) {
        cancellation.cancel();
      }
      return RecordingStore.Outcome.DONE;
    };
    ObjectNode params = Json.object().put("name", "work");
    params.putObject("arguments").put("text", LARGE);
    ObjectNode meta = params.putObject("_meta");
    meta.put("io.modelcontextprotocol/protocolVersion", "2026-07-28");
    meta.set("io.modelcontextprotocol/clientCapabilities", TaskClient.capabilities());
    server.handle(
        new JsonRpcMessage.Request(RequestId.of(1), "tools/call", params), new Exchange() {
          @Override
          public Cancellation cancellation() {
            return cancellation;
          }
        });
    Thread.interrupted(); // the call was interrupted
    assertTrue(cancellation.isCancelled());
    assertEquals(2, store.keys().size(), () -> store.keys().toString()); // no arguments
    store.failure = RecordingStore.Failure.NEVER;
    executor.run(tasks);
    TaskClient client = new TaskClient(McpTestClient.of(server));
    client.cancel(client.create("work", Map.of("text", LARGE))).isResult();
  }
}
