package example;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.input.Question;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.jetty.McpHttpServer;
import dev.statelessmcp.lambda.LambdaSettings;
import dev.statelessmcp.lambda.McpLambdaHandler;
import dev.statelessmcp.lambda.test.LambdaEvent;
import dev.statelessmcp.lambda.test.LambdaTransport;
import dev.statelessmcp.task.TaskCall;
import dev.statelessmcp.task.TaskPolicy;
import dev.statelessmcp.task.Tasks;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.test.TestSubscription;
import dev.statelessmcp.test.TestTask;
import dev.statelessmcp.test.UserAnswer;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Tools whose work outlives the request, as the tests of a team drive them. */
class TasksTest {

  record Month(String month) {}

  record Range(int first, int last) {}

  record Report(String month, int days) {}

  private final CountDownLatch never = new CountDownLatch(1);

  private McpServer server() {
    TaskPolicy policy = TaskPolicy.whenSupported().pollInterval(Duration.ofMillis(10));
    Tool report = Tool.of("report", "A report", Month.class, Report.class, (month, call) -> {
          Range range = call.ask("range", Question.form("Which days?", Range.class));
          String name =
              TaskCall.of(call).step("name", String.class, () -> month.month().toUpperCase());
          return new Report(name, range.last() - range.first() + 1);
        })
        .asks(QuestionKind.FORM)
        .apply(policy);
    Tool wait = Tool.of("wait", "Waits", Month.class, (month, call) -> {
          never.await();
          return ToolResult.text("");
        })
        .apply(policy);
    return Tasks.inMemory()
        .build(McpServer.named("reports", "1.0.0").tool(report).tool(wait));
  }

  private static void check(McpTestClient client) {
    McpTestClient answering = client.answers("range", new Range(1, 31));
    TestTask task = answering.startTask("report", Map.of("month", "May"));
    task.await("input_required");
    task.answer().hasAsked("Which days?").hasStructured(new Report("MAY", 31));
    client.answers("range", UserAnswer.decline())
        .startTask("report", Map.of("month", "May"))
        .answer()
        .hasToolError();
    client.startTask("wait", Map.of("month", "May")).cancel().await("cancelled");
    client.task("of nobody").get().hasError(-32602);
  }

  @Test
  void inMemory() {
    McpTestClient client = McpTestClient.of(server());
    check(client);
    TestTask task = client.startTask("wait", Map.of("month", "May"));
    try (TestSubscription changes = task.listen()) {
      changes.next();
      task.cancel();
      changes.next();
    }
    // Without the extension the answer comes at once
    client.answers("range", new Range(1, 2))
        .call("report", Map.of("month", "May"))
        .hasStructured(new Report("MAY", 2));
  }

  @Test
  void overHttp() throws Exception {
    try (McpHttpServer http = McpHttpServer.builder(server()).port(0).start()) {
      check(McpTestClient.http(http.uri()));
    }
  }

  @Test
  void asALambdaFunction() {
    McpLambdaHandler handler = new McpLambdaHandler(
        server(), LambdaSettings.defaults().allowProcessStateKeys()) {};
    check(McpTestClient.of(LambdaTransport.of(handler, LambdaEvent.HTTP_API, "/mcp")));
  }
}
