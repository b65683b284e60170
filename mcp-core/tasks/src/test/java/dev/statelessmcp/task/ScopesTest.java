package dev.statelessmcp.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.test.TestAnswer;
import dev.statelessmcp.test.TestSubscription;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A token whose scopes no longer cover the tool that made a task: "Servers MUST perform
 * authentication and authorization checks on each task-related request".
 */
class ScopesTest {
  record Nothing() {}

  private final QueueExecutor executor = new QueueExecutor(false);
  private final Tasks tasks = Tasks.of(TaskStore.inMemory(), executor);
  private final McpTestClient server = McpTestClient.of(tasks.build(McpServer.named("t", "1")
      .scopeHierarchy((granted, required) -> granted.equals("files"))
      .tool(Tool.of("work", "", Nothing.class, (nothing, call) -> ToolResult.text("secret"))
          .requires("files:read", "files:write")
          .apply(TaskPolicy.required()))));

  private TaskClient ann(String... scopes) {
    return new TaskClient(server.caller(Caller.of("ann", scopes)));
  }

  private static void assertRefused(TestAnswer answer) {
    answer.hasError(403, "files:read files:write");
    assertEquals(
        "[\"files:read\",\"files:write\"]", Json.text(answer.error().at("/data/requiredScopes")));
  }

  @Test
  void everyRequestForATaskNeedsTheScopesOfItsTool() throws Exception {
    TaskClient wide = ann("files:read", "files:write");
    String id = wide.create("work");
    executor.run(tasks);
    for (TaskClient narrow : List.of(ann("files:read"), ann())) {
      assertRefused(narrow.get(id));
      assertRefused(narrow.cancel(id));
      assertRefused(narrow.update(id, Json.object()));
      ObjectNode params = Json.object();
      params.putObject("notifications").putArray("taskIds").add(id);
      assertRefused(narrow.client.request("subscriptions/listen", params));
    }
    wide.get(id).has("/result/content/0/text", "secret");
    ann("files").get(id).has("/result/content/0/text", "secret");
    ObjectNode filter = Json.object();
    filter.putArray("taskIds").add(id);
    try (TestSubscription subscription = ann("files").client.listen(filter)) {
      assertEquals(id, subscription.acknowledged().at("/taskIds/0").asText());
    }
  }

  @Test
  void taskOfAnotherCallerIsMissingWhateverTheScopes() throws Exception {
    String id = ann("files").create("work");
    new TaskClient(server.caller(Caller.of("bob"))).get(id).hasError(-32602);
    new TaskClient(server.caller(Caller.of("bob", "files"))).get(id).hasError(-32602);
  }
}
