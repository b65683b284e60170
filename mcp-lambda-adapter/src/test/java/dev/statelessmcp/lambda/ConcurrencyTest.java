package dev.statelessmcp.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One handler object and many threads, as Lambda Managed Instances have it. */
@Timeout(120)
class ConcurrencyTest {
  private static final int THREADS = 8;
  private static final int CALLS = 200;

  private final TestFunction function = new TestFunction(
      McpServer.named("t", "1")
          .tool(Tool.ofSchema("who", "", "{\"type\":\"object\"}", (in, call) -> {
            call.progress(1, 0, call.caller().principal());
            String id = call.attributes().get(Invocation.class).orElseThrow().requestId();
            return ToolResult.text(call.caller().principal() + " " + id + " " + in.get("n"));
          }))
          .build(),
      LambdaSettings.defaults());

  @Test
  void everyAnswerBelongsToItsCall() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int first = thread * CALLS;
        all.add(pool.submit(() -> {
          for (int n = first; n < first + CALLS; n++) {
            call(n);
          }
        }));
      }
      for (Future<?> one : all) {
        one.get(100, TimeUnit.SECONDS);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private void call(int n) {
    EventShape shape = n % 2 == 0
        ? EventShape.HTTP_API_2
        : n % 3 == 0 ? EventShape.REST_API : EventShape.LATTICE_2;
    ObjectNode call = Messages.call(n, "who", "{'n':" + n + "}");
    if (n % 5 == 0) {
      Messages.withProgress(call);
    }
    ObjectNode event = Messages.event(shape, n % 7 == 0 ? Messages.modern(call) : call);
    ObjectNode about = event.withObjectProperty("requestContext");
    switch (shape) {
      case HTTP_API_2 ->
        about.putObject("authorizer").putObject("lambda").put("principalId", "user-" + n);
      case REST_API -> about.putObject("authorizer").put("principalId", "user-" + n);
      default -> about.putObject("identity").put("principal", "user-" + n);
    }
    TestContext context = new TestContext("request-" + n);
    String body = function.invoke(event, context).get("body").textValue();
    JsonNode answer = Messages.json(body.substring(body.lastIndexOf("{\"jsonrpc\"")));
    assertEquals(n, answer.get("id").intValue());
    assertEquals(
        "user-" + n + " request-" + n + " " + n,
        answer.at("/result/content/0/text").textValue());
    assertEquals(n % 5 == 0, body.contains("\"message\":\"user-" + n + "\""), body);
    assertEquals("request-" + n, context.line().get("AWSRequestId").textValue());
  }
}
