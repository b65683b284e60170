package dev.statelessmcp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.intercept.Interceptor;
import dev.statelessmcp.intercept.Observer;
import dev.statelessmcp.intercept.Operation;
import dev.statelessmcp.protocol.Era;
import dev.statelessmcp.protocol.McpException;
import dev.statelessmcp.resource.Resource;
import dev.statelessmcp.testing.SilentLog;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolHandler;
import dev.statelessmcp.tool.ToolResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is done around every operation. */
@ExtendWith(SilentLog.class)
class InterceptorTest {
  private final List<String> seen = new ArrayList<>();
  private final List<Operation> operations = new ArrayList<>();

  private class Recording implements Interceptor {
    final String name;

    Recording(String name) {
      this.name = name;
    }

    @Override
    public ObjectNode around(Operation operation, Callable<ObjectNode> next) throws Exception {
      before(operation);
      seen.add(name + " before");
      operations.add(operation);
      ObjectNode result;
      try {
        result = next.call();
      } catch (Exception e) {
        seen.add(name + " failed " + e.getMessage());
        throw e;
      }
      seen.add(name + " after");
      return result;
    }

    void before(Operation unused) {}
  }

  /** An observer that fails, either at the end or at the beginning. */
  private static Observer broken(boolean atTheEnd) {
    return operation -> {
      if (!atTheEnd) {
        throw new IllegalStateException("an observer is broken");
      }
      return (result, failure) -> {
        throw new IllegalStateException("an observer is broken");
      };
    };
  }

  private static McpServer.Builder server(ToolHandler<ObjectNode, ToolResult> handler) {
    return McpServer.named("n", "1")
        .resource(Resource.text("r:///1", "r", "text/plain", "x"))
        .tool(Tool.ofSchema("t", "d", "{\"type\":\"object\"}", handler));
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
          void before(Operation operation) {
            throw new McpException(7, "not now");
          }
        })
        .interceptor(new Recording("c"))
        .build();
    assertEquals(7, new TestClient(server).code("tools/call", "{'name':'t'}"));
    assertEquals(List.of("a before", "a failed not now"), seen);
  }

  @Test
  void failureOfAHandlerIsSeenByInterceptorsOnly() {
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

  @Test
  void brokenObserverDoesNotChangeAResult() {
    for (boolean atTheEnd : List.of(true, false)) {
      seen.clear();
      McpServer server = server((in, call) -> ToolResult.text("x"))
          .interceptor(new Recording("a"))
          .observer(broken(atTheEnd))
          .interceptor(new Recording("b"))
          .build();
      assertEquals("x", new TestClient(server).text("t", "{}"));
      assertEquals(List.of("a before", "b before", "b after", "a after"), seen);
    }
  }

  /** A broken observer must not keep the others from seeing the failure, nor replace it. */
  @Test
  void brokenObserverDoesNotHideAFailure() {
    McpServer server = server((in, call) -> {
          throw new McpException(7, "the reason");
        })
        .interceptor(new Recording("a"))
        .observer(broken(true))
        .build();
    assertEquals(7, new TestClient(server).code("tools/call", "{'name':'t'}"));
    assertEquals(List.of("a before", "a failed the reason"), seen);
  }

  @Test
  void observerIsToldOfOneEndAlone() {
    List<String> ends = new ArrayList<>();
    McpServer server = server((in, call) -> {
          throw new McpException(7, "the reason");
        })
        .observer(operation -> (result, failure) ->
            ends.add(operation.method() + " " + result + " " + failure.getMessage()))
        .build();
    new TestClient(server).code("tools/call", "{'name':'t'}");
    assertEquals(List.of("tools/call null the reason"), ends);
  }

  @Test
  void interceptorMayAnswerItself() {
    McpServer server = server((in, call) -> {
          throw new IllegalStateException("not to be called");
        })
        .interceptor((operation, next) -> ToolResult.text("cached").toJson())
        .build();
    JsonNode result = new TestClient(server).result("tools/call", "{'name':'t'}");
    assertEquals("complete", result.get("resultType").textValue());
    assertEquals("cached", result.get("content").get(0).get("text").textValue());
  }

  @Test
  void interceptorThatReturnsNullIsAnInternalError() {
    McpServer server = server((in, call) -> ToolResult.text("x"))
        .interceptor((operation, next) -> null)
        .build();
    assertEquals(-32603, new TestClient(server).code("tools/call", "{'name':'t'}"));
  }

  @Test
  void refusedRequestsAreSeenToo() {
    McpServer server = server((in, call) -> ToolResult.text("x"))
        .interceptor(new Recording("a"))
        .build();
    assertEquals(-32601, new TestClient(server).code("tools/unknown", "{}"));
    assertEquals(-32602, new TestClient(server).logLevel("loud").code("tools/list", "{}"));
    assertEquals(
        List.of("tools/unknown", "tools/list"),
        operations.stream().map(Operation::method).toList());
    assertEquals(Optional.empty(), operations.get(1).requestMeta());
    assertEquals("id", operations.get(1).requestId().orElseThrow().toJson().textValue());
    assertEquals(Era.MODERN, operations.get(1).era());
    assertEquals("memory", operations.get(1).transport());
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
    assertEquals("t", operation.name().orElseThrow());
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
      assertEquals("r:///1", operations.get(1).name().orElseThrow());
    }
  }

  /** An auditor must not be told another name than the one that is used. */
  @Test
  void nameOfAReadingIsItsUri() {
    McpServer server = server((in, call) -> ToolResult.text("x"))
        .interceptor(new Recording("a"))
        .build();
    new TestClient(server).result("resources/read", "{'uri':'r:///1','name':'harmless'}");
    assertEquals("r:///1", operations.get(0).name().orElseThrow());
  }

  @Test
  void answerThatCannotBeSentIsAFailure() {
    McpServer server = server((in, call) -> {
          ObjectNode unsayable = dev.statelessmcp.json.Json.object();
          unsayable.putPOJO("a", new Object());
          return ToolResult.of().structuredContent(unsayable);
        })
        .interceptor(new Recording("a"))
        .build();
    assertEquals(-32603, new TestClient(server).code("tools/call", "{'name':'t'}"));
    assertTrue(seen.get(1).startsWith("a failed"), seen::toString);
  }
}
