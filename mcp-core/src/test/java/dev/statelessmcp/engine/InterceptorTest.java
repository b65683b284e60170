package dev.statelessmcp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.intercept.Interceptor;
import dev.statelessmcp.intercept.Operation;
import dev.statelessmcp.protocol.McpException;
import dev.statelessmcp.resource.Resource;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolHandler;
import dev.statelessmcp.tool.ToolResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is done around every operation. */
class InterceptorTest {
  /** Held so that it is not collected with its level. */
  private static final Logger LOG = Logger.getLogger("dev.statelessmcp");

  private final List<String> seen = new ArrayList<>();
  private final List<Operation> operations = new ArrayList<>();

  @BeforeEach
  void quiet() {
    LOG.setLevel(Level.OFF);
  }

  @AfterEach
  void loud() {
    LOG.setLevel(null);
  }

  private class Recording implements Interceptor {
    final String name;

    Recording(String name) {
      this.name = name;
    }

    @Override
    public void before(Operation operation) throws Exception {
      seen.add(name + " before");
      operations.add(operation);
    }

    @Override
    public void after(Operation operation, ObjectNode result) {
      seen.add(name + " after");
    }

    @Override
    public void failed(Operation operation, Throwable error) {
      seen.add(name + " failed " + error.getMessage());
    }
  }

  private static McpServer.Builder server(ToolHandler<ObjectNode, ToolResult> handler) {
    return McpServer.named("n", "1")
        .resource(Resource.text("r:///1", "r", "text/plain", "x"))
        .tool(Tool.withSchema("t", "d", "{\"type\":\"object\"}", handler));
  }

  @Test
  void firstAddedIsOutermost() {
    McpServer server = server((in, call) -> {
          seen.add("handler");
          return ToolResult.text("x");
        })
        .interceptor(new Recording("a"))
        .interceptor(new Recording("b"))
        .build();
    new TestClient(server).result("tools/call", "{'name':'t'}");
    assertEquals(List.of("a before", "b before", "handler", "b after", "a after"), seen);
  }

  @Test
  void refusalIsSeenByThoseOutsideAlone() {
    McpServer server = server((in, call) -> {
          seen.add("handler");
          return ToolResult.text("x");
        })
        .interceptor(new Recording("a"))
        .interceptor(new Recording("b") {
          @Override
          public void before(Operation operation) {
            throw new McpException(7, "not now");
          }
        })
        .interceptor(new Recording("c"))
        .build();
    assertEquals(7, new TestClient(server).code("tools/call", "{'name':'t'}"));
    assertEquals(List.of("a before", "a failed not now"), seen);
  }

  @Test
  void failureOfAHandlerIsSeenByAllAndToldToNobodyElse() {
    McpServer server = server((in, call) -> {
          throw new IllegalStateException("secret");
        })
        .interceptor(new Recording("a"))
        .interceptor(new Recording("b"))
        .build();
    assertEquals(-32603, new TestClient(server).code("tools/call", "{'name':'t'}"));
    assertEquals(List.of("a before", "b before", "b failed secret", "a failed secret"), seen);
  }

  @Test
  void errorOfAToolIsAResult() {
    McpServer server = server((in, call) -> ToolResult.error("no"))
        .interceptor(new Recording("a"))
        .build();
    new TestClient(server).result("tools/call", "{'name':'t'}");
    assertEquals(List.of("a before", "a after"), seen);
  }

  /** One that was told of the end is not told of another. */
  @Test
  void eachIsToldOfOneEndAlone() {
    McpServer server = server((in, call) -> ToolResult.text("x"))
        .interceptor(new Recording("a") {
          @Override
          public void after(Operation operation, ObjectNode result) {
            throw new IllegalStateException("a is broken");
          }
        })
        .interceptor(new Recording("b"))
        .build();
    new TestClient(server).send("tools/call", "{'name':'t'}");
    assertEquals(
        1, seen.stream().filter(s -> s.matches("b (after|failed).*")).count(), seen::toString);
  }

  /** A broken observer must not keep the others from seeing the failure, nor replace it. */
  @Test
  void brokenObserverDoesNotHideAFailure() {
    McpServer server = server((in, call) -> {
          throw new McpException(7, "the reason");
        })
        .interceptor(new Recording("a"))
        .interceptor(new Recording("b") {
          @Override
          public void failed(Operation operation, Throwable error) {
            throw new IllegalStateException("b is broken");
          }
        })
        .build();
    assertEquals(7, new TestClient(server).code("tools/call", "{'name':'t'}"));
    assertEquals(List.of("a before", "b before", "a failed the reason"), seen);
  }

  @Test
  void operationSaysWhatIsAskedAndByWhom() {
    McpServer server = server((in, call) -> ToolResult.text("x"))
        .interceptor(new Recording("a"))
        .build();
    Caller ann = Caller.of("ann");
    Map<String, List<String>> headers = Map.of(
        "traceparent", List.of("from-header"), "tracestate", List.of("s"), "x", List.of("y"));
    TestClient client = new TestClient(server).caller(ann).headers(headers);
    client.result("tools/call", "{'name':'t','_meta':{'traceparent':'from-meta','baggage':'b'}}");
    Operation operation = operations.get(0);
    assertEquals("tools/call", operation.method());
    assertEquals("t", operation.name());
    assertEquals(ann, operation.caller());
    assertEquals(headers, operation.headers());
    assertEquals("from-meta", operation.trace().traceparent());
    assertEquals("s", operation.trace().tracestate());
    assertEquals("b", operation.trace().baggage());
  }

  @Test
  void everyOperationIsSeenInBothEras() {
    McpServer server = server((in, call) -> ToolResult.text("x"))
        .interceptor(new Recording("a"))
        .build();
    for (TestClient client : List.of(new TestClient(server), new TestClient(server).legacy())) {
      operations.clear();
      client.result("tools/list", "{}");
      client.result("resources/read", "{'uri':'r:///1'}");
      client.send("resources/read", "{'uri':'r:///2'}");
      client.send("tools/call", "{'name':'nobody'}");
      assertEquals(
          List.of("tools/list", "resources/read", "resources/read", "tools/call"),
          operations.stream().map(Operation::method).toList());
      assertEquals("r:///1", operations.get(1).name());
    }
  }

  /** An auditor must not be told another name than the one that is used. */
  @Test
  void nameOfAReadingIsItsUri() {
    McpServer server = server((in, call) -> ToolResult.text("x"))
        .interceptor(new Recording("a"))
        .build();
    new TestClient(server).result("resources/read", "{'uri':'r:///1','name':'harmless'}");
    assertEquals("r:///1", operations.get(0).name());
  }

  @Test
  void answerThatCannotBeSentIsNoSuccess() {
    McpServer server = server((in, call) -> {
          ObjectNode unsayable = dev.statelessmcp.json.Json.object();
          unsayable.putPOJO("a", new Object());
          return new ToolResult(List.of(), unsayable, false, null);
        })
        .interceptor(new Recording("a"))
        .build();
    assertEquals(-32603, new TestClient(server).code("tools/call", "{'name':'t'}"));
    assertTrue(seen.get(1).startsWith("a failed"), seen::toString);
  }
}
