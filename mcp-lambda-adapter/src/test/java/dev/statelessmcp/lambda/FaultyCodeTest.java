package dev.statelessmcp.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.intercept.Interceptor;
import dev.statelessmcp.testing.Carrying;
import dev.statelessmcp.testing.SpeechlessException;
import dev.statelessmcp.testing.Waiting;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolHandler;
import dev.statelessmcp.tool.ToolResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Code of a server's author that fails in unusual ways. */
class FaultyCodeTest {

  private static McpServer.Builder server(ToolHandler<ObjectNode, ToolResult> handler) {
    return McpServer.named("t", "1").tool(Tool.ofSchema("t", "", "{\"type\":\"object\"}", handler));
  }

  /** Each of them would wait for calls for ever: a function that lives long would run out. */
  @Test
  void callThatCannotBeCarriedLeavesNoThread() throws Exception {
    AtomicInteger failures = new AtomicInteger(10);
    Interceptor carrier = new Carrying(work -> {
      if (failures.getAndDecrement() > 0) {
        throw new IllegalStateException("nothing can be carried");
      }
      return work;
    });
    ThreadGroup group = new ThreadGroup("calls");
    List<Integer> statuses = new ArrayList<>();
    Thread runtime = new Thread(group, () -> {
      TestFunction function = new TestFunction(
          server((in, call) -> ToolResult.text("x")).interceptor(carrier).build(),
          LambdaSettings.defaults());
      ObjectNode event = Messages.event(EventShape.HTTP_API_2, Messages.call(1, "t", "{}"));
      for (int i = 0; i < 11; i++) {
        statuses.add(function.invoke(event, new TestContext()).get("statusCode").intValue());
      }
    });
    runtime.start();
    Waiting.join(runtime);
    assertEquals(List.of(500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 200), statuses);
    assertTrue(group.activeCount() <= 1, () -> group.activeCount() + " threads are left");
  }

  @Test
  void exceptionWhoseMessageFailsIsAnsweredAndLogged() {
    TestFunction function = new TestFunction(
        server((in, call) -> {
              throw new SpeechlessException();
            })
            .build(),
        LambdaSettings.defaults());
    TestContext context = new TestContext();
    JsonNode answer = function.invoke(
        Messages.event(EventShape.HTTP_API_2, Messages.call(1, "t", "{}")), context);
    String message = Messages.body(answer).at("/error/message").textValue();
    assertTrue(message.startsWith("Internal error (ref "), message);
    String logged = context.lines.get(1).text(); // behind the line of the request
    assertTrue(logged.contains(message.substring(20, 28)), logged);
    assertTrue(logged.contains(SpeechlessException.class.getName()), logged);
  }
}
