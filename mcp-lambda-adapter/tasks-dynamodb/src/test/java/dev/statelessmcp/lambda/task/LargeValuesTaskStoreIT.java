package dev.statelessmcp.lambda.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.task.TaskCall;
import dev.statelessmcp.task.TaskExecutor;
import dev.statelessmcp.task.TaskPolicy;
import dev.statelessmcp.task.Tasks;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.test.TestAnswer;
import dev.statelessmcp.test.TestTask;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Arguments, steps and results that are larger than an item of a table. */
class LargeValuesTaskStoreIT {
  record Text(String text) {}

  private static McpTestClient client(int maxResultBytes) {
    Tool twice = Tool.of("twice", "Says it twice", Text.class, (text, call) -> {
          String step = TaskCall.of(call).step("read", String.class, text::text);
          return ToolResult.text(step + text.text());
        })
        .apply(TaskPolicy.required().pollInterval(Duration.ofMillis(50)));
    return McpTestClient.of(Tasks.of(new DynamoDbTaskStoreIT().store(), TaskExecutor.threads())
            .maxResultBytes(maxResultBytes)
            .build(McpServer.named("t", "1").tool(twice)))
        .timeout(Duration.ofSeconds(60));
  }

  @Test
  void theyAreSplit() {
    String text = "€".repeat(300_000); // 900 KB
    client(4 << 20).startTask("twice", Map.of("text", text)).answer().hasText(text + text);
  }

  @Test
  void aResultBeyondTheLimitIsAnError() {
    TestTask task = client(1 << 20).startTask("twice", Map.of("text", "x".repeat(600_000)));
    TestAnswer answer = task.answer().hasError(-32603, "the limit of a task is 1048576");
    assertEquals(-32603, answer.error().path("code").intValue());
  }
}
