package dev.statelessmcp.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.http.StreamableHttp;
import dev.statelessmcp.input.Question;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.test.TestSubscription;
import dev.statelessmcp.test.TestTask;
import dev.statelessmcp.test.UserAnswer;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Tasks as a client of the test kit drives them, in memory and by the rules of HTTP. */
class TestKitTest {
  record Month(String month) {}

  record Range(int first, int last) {}

  record Days(int days) {}

  private final CountDownLatch never = new CountDownLatch(1);

  private final McpServer server = Tasks.inMemory()
      .build(McpServer.named("reports", "1")
          .tool(Tool.of("report", "Counts days", Month.class, Days.class, (month, call) -> {
                Range range = call.ask("range", Question.form("Which days?", Range.class));
                return new Days(range.last() - range.first() + 1);
              })
              .asks(QuestionKind.FORM)
              .apply(policy()))
          .tool(Tool.of("wait", "Waits", Month.class, (month, call) -> {
                never.await();
                return ToolResult.text("never");
              })
              .apply(policy()))
          .tool(Tool.of("break", "Breaks", Month.class, (month, call) -> {
                throw new IllegalStateException("a bug");
              })
              .apply(policy())));

  private static TaskPolicy policy() {
    return TaskPolicy.required().pollInterval(Duration.ofMillis(5));
  }

  private static void check(McpTestClient client) {
    TestTask task =
        client.answers("range", new Range(1, 31)).startTask("report", Map.of("month", "May"));
    task.await("input_required");
    task.answer().hasAsked("Which days?").hasStructured(new Days(31));

    TestTask waiting = client.startTask("wait", Map.of("month", "May"));
    waiting.cancel().await("cancelled");
  }

  @Test
  void inMemory() {
    check(McpTestClient.of(server));
  }

  @Test
  void overHttp() {
    check(McpTestClient.of(StreamableHttp.builder(server).build(), "/"));
  }

  @Test
  void taskIsFoundByItsIdAndAnsweredByHand() {
    McpTestClient client = McpTestClient.of(server);
    String id = client.startTask("report", Map.of("month", "May")).id();
    TestTask found = client.task(id);
    String key = found.await("input_required").at("/inputRequests").fieldNames().next();
    found.update(key, UserAnswer.form(new Range(5, 6))).isResult();
    found.answer().hasStructured("{\"days\":2}");
    assertEquals("completed", client.task(id).get().at("/status").textValue(), client.transcript());
    client.task("unknown").get().hasError(-32602);
  }

  @Test
  void errorOfTheCallIsItsAnswer() {
    McpTestClient.of(server).startTask("break", Map.of("month", "May")).answer().hasError(-32603);
  }

  @Test
  void changesAreSeenInOrder() {
    McpTestClient client = McpTestClient.of(server);
    TestTask task = client.startTask("wait", Map.of("month", "May"));
    try (TestSubscription changes = task.listen()) {
      assertEquals("working", changes.next().at("/params/status").textValue());
      task.cancel();
      assertEquals("cancelled", changes.next().at("/params/status").textValue());
    }
  }

  @Test
  void extensionIsDeclaredOnTheConnectionToo() {
    McpTestClient client = McpTestClient.of(server).extension(Tasks.EXTENSION);
    String id = client
        .call("wait", Map.of("month", "May"))
        .has("/resultType", "task")
        .at("/taskId")
        .textValue();
    assertEquals(List.of(), client.task(id).cancel().await("cancelled").asked());
  }
}
