package dev.statelessmcp.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.input.Question;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.test.TestSubscription;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code subscriptions/listen} with {@code taskIds}. */
class NotificationsTest {
  record Nothing() {}

  record Name(String name) {}

  private final TaskStore store = TaskStore.inMemory();
  private final QueueExecutor executor = new QueueExecutor(false);

  private McpTestClient process(Tasks tasks) {
    Tool tool = Tool.of(
            "work",
            "Works",
            Nothing.class,
            (nothing, call) -> ToolResult.text(
                "Hello " + call.ask("name", Question.form("?", Name.class)).name()))
        .asks(QuestionKind.FORM)
        .apply(TaskPolicy.required().pollInterval(Duration.ofMillis(30)));
    return McpTestClient.of(tasks.build(McpServer.named("t", "1").tool(tool)));
  }

  private static ObjectNode filter(String... ids) {
    ObjectNode filter = Json.object();
    for (String id : ids) {
      filter.withArrayProperty("taskIds").add(id);
    }
    return filter;
  }

  /** The next notification, which must be what tasks/get says, but for the metadata. */
  private static JsonNode next(TestSubscription subscription, String status) {
    ObjectNode notification = subscription.next();
    assertEquals("notifications/tasks", notification.path("method").asText());
    assertEquals(status, notification.at("/params/status").asText(), () -> Json.text(notification));
    return notification.path("params");
  }

  private static void assertSame(JsonNode params, ObjectNode got) {
    ObjectNode told = params.deepCopy();
    told.remove("_meta");
    got.remove("_meta");
    got.remove("resultType");
    assertEquals(got, told);
  }

  @Test
  void everyChangeIsTold() throws Exception {
    Tasks tasks = Tasks.of(store, executor);
    TaskClient client = new TaskClient(process(tasks));
    String id = client.create("work");
    try (TestSubscription subscription = client.client.listen(filter(id))) {
      assertEquals(id, subscription.acknowledged().at("/taskIds/0").asText());
      next(subscription, "working");
      executor.run(tasks);
      assertSame(next(subscription, "input_required"), client.get(id).result());
      client.answerOnly(id, Map.of("name", "Ann"));
      next(subscription, "working");
      executor.run(tasks);
      assertSame(next(subscription, "completed"), client.get(id).result());
    }
  }

  /** So that a function is not paid for until its timeout, nor a connection held for nothing. */
  @Test
  void aSubscriptionEndsWithItsLastTask() throws Exception {
    Tasks tasks = Tasks.of(store, executor);
    TaskClient client = new TaskClient(process(tasks));
    String first = client.create("work");
    String second = client.create("work");
    executor.run(tasks);
    try (TestSubscription subscription = client.client.listen(filter(first, second))) {
      next(subscription, "input_required");
      next(subscription, "input_required");
      client.cancel(first).isResult();
      next(subscription, "cancelled");
      client.answerOnly(second, Map.of("name", "Ann"));
      next(subscription, "working");
      executor.run(tasks);
      next(subscription, "completed");
      subscription.awaitEnd().isResult();
    }
    try (TestSubscription subscription = client.client.listen(filter(first, second))) {
      next(subscription, "cancelled");
      next(subscription, "completed");
      subscription.awaitEnd().isResult();
    }
  }

  @Test
  void changesOfAnotherProcessAreTold() throws Exception {
    Tasks tasks = Tasks.of(store, executor);
    TaskClient client = new TaskClient(process(tasks));
    Tasks others = Tasks.of(store, executor);
    process(others);
    String id = client.create("work");
    try (TestSubscription subscription = client.client.listen(filter(id))) {
      next(subscription, "working");
      executor.run(others);
      next(subscription, "input_required");
    }
  }

  @Test
  void onlyTasksOfTheCallerAreAcknowledged() throws Exception {
    Tasks tasks = Tasks.of(store, executor);
    McpTestClient server = process(tasks);
    TaskClient ann = new TaskClient(server.caller(Caller.of("ann")));
    TaskClient bob = new TaskClient(server.caller(Caller.of("bob")));
    String foreign = bob.create("work");
    String own = ann.create("work");
    try (TestSubscription subscription = ann.client.listen(filter(foreign, own, "unknown"))) {
      assertEquals(1, subscription.acknowledged().path("taskIds").size());
      assertEquals(own, subscription.acknowledged().at("/taskIds/0").asText());
    }
    try (TestSubscription subscription = ann.client.listen(filter(foreign))) {
      assertFalse(subscription.acknowledged().has("taskIds"));
    }
  }

  @Test
  void aClientWithoutTheExtensionIsRefused() {
    McpTestClient client = process(Tasks.of(store, executor));
    ObjectNode params = Json.object();
    params.set("notifications", filter("x"));
    client.request("subscriptions/listen", params).hasError(-32021);
  }

  @Test
  void malformedFiltersAreRefused() {
    TaskClient client = new TaskClient(process(Tasks.of(store, executor)));
    ObjectNode params = Json.object();
    params.putObject("notifications").put("taskIds", "x");
    client.client.request("subscriptions/listen", params).hasError(-32602, "taskIds");
    params.putObject("notifications").putArray("taskIds").add(1);
    client.client.request("subscriptions/listen", params).hasError(-32602, "taskIds");
    String[] many = new String[101];
    java.util.Arrays.fill(many, "x");
    params.set("notifications", filter(many));
    client.client.request("subscriptions/listen", params).hasError(-32602, "100");
  }
}
