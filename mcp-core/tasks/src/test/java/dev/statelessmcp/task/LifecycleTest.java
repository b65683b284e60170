package dev.statelessmcp.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.McpException;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.test.TestAnswer;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolException;
import dev.statelessmcp.tool.ToolHandler;
import dev.statelessmcp.tool.ToolResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From creation to result. */
class LifecycleTest {
  record Say(String text) {}

  private final Tasks tasks = Tasks.inMemory();

  private static Tool tool(ToolHandler<Say, ToolResult> handler) {
    return Tool.of("work", "Works", Say.class, handler);
  }

  private McpTestClient serve(Tool tool) {
    return McpTestClient.of(tasks.build(McpServer.named("t", "1").tool(tool)));
  }

  private TaskClient taskClient(Tool tool) {
    return new TaskClient(serve(tool));
  }

  @Test
  void aCallBecomesATask() throws Exception {
    TaskClient client = taskClient(tool((say, call) -> ToolResult.text("done " + say.text()))
        .apply(TaskPolicy.whenSupported()
            .ttl(Duration.ofMinutes(10))
            .pollInterval(Duration.ofMillis(20))));
    TestAnswer created = client.client.call("work", Map.of("text", "it"));
    created
        .has("/resultType", "task")
        .has("/status", "working")
        .has("/ttlMs", 600_000)
        .has("/pollIntervalMs", 20);
    Instant.parse(created.at("/createdAt").asText());
    Instant.parse(created.at("/lastUpdatedAt").asText());
    for (String absent :
        new String[] {"result", "error", "inputRequests", "task", "requestState"}) {
      assertFalse(created.result().has(absent), absent);
    }
    String id = created.at("/taskId").asText();
    assertTrue(id.length() * 6 >= 128, id);
    TestAnswer done = client.await(id, "completed");
    done.has("/resultType", "complete")
        .has("/taskId", id)
        .has("/result/content/0/text", "done it")
        .has("/result/resultType", "complete")
        .has("/result/isError", false);
    assertFalse(done.result().has("error"));
  }

  @Test
  void theServerDeclaresTheExtension() {
    McpTestClient client = serve(tool((say, call) -> ToolResult.text("x")));
    assertTrue(client.server().at("/capabilities/extensions").has(Tasks.EXTENSION));
    assertFalse(client.server().path("capabilities").has("tasks"));
  }

  @Test
  void aToolWithoutAPolicyIsAnsweredAtOnce() {
    taskClient(tool((say, call) -> ToolResult.text("now")))
        .client
        .call("work", Map.of("text", ""))
        .has("/resultType", "complete")
        .hasText("now");
  }

  @Test
  void aClientWithoutTheExtensionIsAnsweredAtOnce() {
    serve(tool((say, call) ->
                ToolResult.text("now " + TaskCall.of(call).step("one", String.class, () -> "step")))
            .apply(TaskPolicy.whenSupported()))
        .call("work", Map.of("text", ""))
        .has("/resultType", "complete")
        .hasText("now step");
  }

  @Test
  void aRequiredTaskIsRefusedToAClientWithoutTheExtension() {
    TestAnswer refused = serve(
            tool((say, call) -> ToolResult.text("never")).apply(TaskPolicy.required()))
        .call("work", Map.of("text", ""));
    refused.hasError(-32021);
    assertTrue(refused.error().at("/data/requiredCapabilities/extensions").has(Tasks.EXTENSION));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tasks/get", "tasks/update", "tasks/cancel"})
  void theMethodsAreRefusedToAClientWithoutTheExtension(String method) {
    McpTestClient client = serve(tool((say, call) -> ToolResult.text("x")));
    ObjectNode params = Json.object().put("taskId", "x");
    params.putObject("inputResponses");
    TestAnswer refused = client.request(method, params);
    refused.hasError(-32021);
    assertTrue(refused.error().at("/data/requiredCapabilities/extensions").has(Tasks.EXTENSION));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tasks/list", "tasks/result"})
  void theMethodsOfAnEarlierDraftDoNotExist(String method) {
    taskClient(tool((say, call) -> ToolResult.text("x"))).request(method, "x").hasError(-32601);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tasks/get", "tasks/update", "tasks/cancel"})
  @Execution(ExecutionMode.CONCURRENT) // it waits
  void unknownForeignAndExpiredTasksAreTheSame(String method) throws Exception {
    McpTestClient server = serve(tool((say, call) -> ToolResult.text("x"))
        .apply(TaskPolicy.whenSupported().ttl(Duration.ofSeconds(1))));
    TaskClient ann = new TaskClient(server.caller(Caller.of("ann")));
    TaskClient bob = new TaskClient(server.caller(Caller.of("bob")));
    String id = ann.create("work", Map.of("text", ""));
    ann.await(id, "completed");
    String foreign = error(bob, method, id);
    assertEquals(foreign, error(ann, method, "A".repeat(27)));
    assertEquals(foreign, error(ann, method, "no id at all"));
    for (int i = 0; i < 300 && !ann.get(id).message().has("error"); i++) {
      Thread.sleep(10);
    }
    assertEquals(foreign, error(ann, method, id));
  }

  private static String error(TaskClient client, String method, String id) {
    ObjectNode params = Json.object().put("taskId", id);
    params.putObject("inputResponses");
    TestAnswer answer = client.client.request(method, params);
    answer.hasError(-32602);
    return Json.text(answer.error());
  }

  @Test
  void malformedParametersAreRefused() {
    TaskClient client = taskClient(tool((say, call) -> ToolResult.text("x")));
    client.client.request("tasks/get", Json.object()).hasError(-32602, "params.taskId");
    client.client.request("tasks/get", Json.object().put("taskId", 1)).hasError(-32602);
    client.request("tasks/update", "x").hasError(-32602, "params.inputResponses");
  }

  /** A result that depends on them must not be cached, and {@code ttlMs} is a cache's word too. */
  @ParameterizedTest
  @ValueSource(strings = {"inputResponses", "requestState"})
  void membersOfOtherRequestsDoNotChangeTheTimeToLive(String member) {
    TaskClient client =
        taskClient(tool((say, call) -> ToolResult.text("x")).apply(TaskPolicy.whenSupported()));
    String id = client.create("work", Map.of("text", ""));
    ObjectNode params = Json.object().put("taskId", id);
    params.putObject(member);
    ObjectNode task = client.client.request("tasks/get", params).result();
    assertEquals(client.get(id).at("/ttlMs"), task.get("ttlMs"));
    assertFalse(task.has("cacheScope"), () -> Json.text(task));
  }

  @Test
  void aToolErrorIsACompletedTask() throws Exception {
    TaskClient client = taskClient(tool((say, call) -> {
          throw new ToolException("bad luck");
        })
        .apply(TaskPolicy.required()));
    String id = client.create("work", Map.of("text", ""));
    client
        .await(id, "completed")
        .has("/result/isError", true)
        .has("/result/content/0/text", "bad luck");
  }

  @Test
  void invalidArgumentsAreAToolError() throws Exception {
    TaskClient client =
        taskClient(tool((say, call) -> ToolResult.text("x")).apply(TaskPolicy.required()));
    client.await(client.create("work"), "completed").has("/result/isError", true);
  }

  @Test
  void aProtocolErrorIsAFailedTask() throws Exception {
    TaskClient client = taskClient(tool((say, call) -> {
          throw new McpException(1234, "not now", Json.object().put("x", 1));
        })
        .apply(TaskPolicy.required()));
    TestAnswer failed = client.await(client.create("work", Map.of("text", "")), "failed");
    failed
        .has("/error/code", 1234)
        .has("/error/message", "not now")
        .has("/error/data/x", 1)
        .has("/statusMessage", "not now");
    assertFalse(failed.result().has("result"));
  }

  @Test
  void anInternalErrorHasAReferenceAndNothingElse() throws Exception {
    TaskClient client = taskClient(tool((say, call) -> {
          throw new IllegalStateException("secret");
        })
        .apply(TaskPolicy.required()));
    TestAnswer failed = client.await(client.create("work", Map.of("text", "")), "failed");
    failed.has("/error/code", -32603);
    assertFalse(failed.at("/error/message").asText().contains("secret"));
  }

  @Test
  void progressIsTheStatusMessage() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    TaskClient client = taskClient(tool((say, call) -> {
          call.progress(1, 3, null);
          call.progress(2, 3, "almost");
          seen.await();
          return ToolResult.text("x");
        })
        .apply(TaskPolicy.required().pollInterval(Duration.ofMillis(20))));
    String id = client.create("work", Map.of("text", ""));
    for (int i = 0; i < 500 && !client.get(id).result().has("statusMessage"); i++) {
      Thread.sleep(10);
    }
    TestAnswer working = client.get(id).has("/statusMessage", "almost").has("/status", "working");
    assertNotEquals(working.at("/createdAt"), working.at("/lastUpdatedAt"));
    seen.countDown();
    assertFalse(client.await(id, "completed").result().has("statusMessage"));
  }

  @Test
  void cancellingInterruptsTheHandler() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    AtomicBoolean cancelled = new AtomicBoolean();
    TaskClient client = taskClient(tool((say, call) -> {
          running.countDown();
          try {
            Thread.sleep(60_000);
          } catch (InterruptedException e) {
            cancelled.set(call.cancellation().isCancelled());
            interrupted.countDown();
          }
          return ToolResult.text("too late");
        })
        .apply(TaskPolicy.required()));
    String id = client.create("work", Map.of("text", ""));
    running.await();
    ObjectNode acknowledged = client.cancel(id).has("/resultType", "complete").result();
    assertEquals(2, acknowledged.size(), () -> Json.text(acknowledged)); // with _meta
    client.get(id).has("/status", "cancelled");
    interrupted.await();
    assertTrue(cancelled.get());
    client.cancel(id).has("/resultType", "complete");
    client.get(id).has("/status", "cancelled");
  }

  @Test
  void cancellingWhatHasEndedChangesNothing() throws Exception {
    TaskClient client =
        taskClient(tool((say, call) -> ToolResult.text("x")).apply(TaskPolicy.required()));
    String id = client.create("work", Map.of("text", ""));
    client.await(id, "completed");
    client.cancel(id).has("/resultType", "complete");
    client.get(id).has("/status", "completed");
  }

  @Test
  void theCallerIsKnownInTheTask() throws Exception {
    McpTestClient server =
        serve(tool((say, call) -> ToolResult.text(call.caller().principal()
                + call.caller().scopes()
                + call.meta().clientCapabilities().has("extensions", Tasks.EXTENSION)))
            .apply(TaskPolicy.required()));
    TaskClient client = new TaskClient(server.caller(Caller.of("ann", "read")));
    String id = client.create("work", Map.of("text", ""));
    client.await(id, "completed").has("/result/content/0/text", "ann[read]true");
  }

  @Test
  void aLegacyClientIsAnsweredInItsRequest() {
    McpTestClient client =
        serve(tool((say, call) -> ToolResult.text("now")).apply(TaskPolicy.required()));
    client.legacy().call("work", Map.of("text", "")).hasText("now");
    assertFalse(client.legacy().server().path("capabilities").has("extensions"));
    client.legacy().raw("tasks/get", Json.object().put("taskId", "x")).hasError(-32601);
  }
}
