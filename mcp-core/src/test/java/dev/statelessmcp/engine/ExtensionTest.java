package dev.statelessmcp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.call.TraceContext;
import dev.statelessmcp.extension.Extension;
import dev.statelessmcp.extension.ExtensionMethod;
import dev.statelessmcp.input.Question;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.input.Questions;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.LogLevel;
import dev.statelessmcp.protocol.McpException;
import dev.statelessmcp.protocol.RequestMeta;
import dev.statelessmcp.testing.SilentLog;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolCall;
import dev.statelessmcp.tool.ToolResult;
import dev.statelessmcp.transport.CancellationSource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A small extension, plugged in. */
@ExtendWith(SilentLog.class)
class ExtensionTest {
  private static final String DECLARED = "{'extensions':{'com.example/search':{}}}";

  private static final ObjectNode SHARED = Json.object().put("same", "each time");

  private static Extension.Builder builder() {
    return Extension.builder("com.example/search").settings(Json.object().put("fuzzy", true));
  }

  private static Extension search() {
    return builder()
        .method(ExtensionMethod.of("search/query", (params, call) -> {
          call.progress(1, 1, null);
          return Json.object()
              .put(
                  "found", params.path("text").asText() + " by " + call.caller().principal());
        }))
        .method(ExtensionMethod.of(
            "search/later",
            (params, call) -> Json.object().put("resultType", "task").put("id", 1)))
        .method(ExtensionMethod.of("search/shared", (params, call) -> SHARED))
        .method(ExtensionMethod.of("search/null", (params, call) -> null))
        .method(ExtensionMethod.of("search/refuses", (params, call) -> {
          throw new McpException(9, "no");
        }))
        .build();
  }

  private static TestClient client() {
    return new TestClient(McpServer.named("n", "1").extension(search()).build());
  }

  @Test
  void isDeclaredWithItsSettings() {
    assertEquals(
        TestClient.json("{'extensions':{'com.example/search':{'fuzzy':true}}}"),
        client().result("server/discover", "{}").get("capabilities"));
  }

  @Test
  void methodsExistForClientsThatDeclareIt() {
    ObjectNode result = client().can(DECLARED).result("search/query", "{'text':'x'}");
    assertEquals("x by ", result.get("found").textValue());
    assertEquals("complete", result.get("resultType").textValue());
    assertFalse(result.has("ttlMs"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'extensions':{}}",
        "{'extensions':{'com.example/other':{}}}",
        "{'extensions':{'com.example/search':true}}",
        "{'extensions':['com.example/search']}"
      })
  void clientThatDidNotDeclareItIsToldWhatIsMissing(String capabilities) {
    JsonNode error =
        client().can(capabilities).send("search/query", "{'text':'x'}").get("error");
    assertEquals(-32021, error.get("code").intValue());
    assertEquals(
        TestClient.json("{'requiredCapabilities':{'extensions':{'com.example/search':{}}}}"),
        error.get("data"));
  }

  @Test
  void legacyErasDoNotHaveIt() {
    assertEquals(-32601, client().can(DECLARED).legacy().code("search/query", "{'text':'x'}"));
    ObjectNode initialized = client()
        .legacy()
        .result(
            "initialize",
            "{'protocolVersion':'2025-11-25','capabilities':{},"
                + "'clientInfo':{'name':'c','version':'1'}}");
    assertFalse(initialized.get("capabilities").has("extensions"));
  }

  @Test
  void resultTypesOfItsOwnAreKept() {
    ObjectNode result = client().can(DECLARED).result("search/later", "{}");
    assertEquals("task", result.get("resultType").textValue());
  }

  @Test
  void resultIsNotChangedForItsOwner() {
    client().can(DECLARED).result("search/shared", "{}");
    assertEquals("{\"same\":\"each time\"}", Json.text(SHARED));
  }

  @Test
  void failuresAreThoseOfAnyHandler() {
    assertEquals(-32603, client().can(DECLARED).code("search/null", "{}"));
    assertEquals(9, client().can(DECLARED).code("search/refuses", "{}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "search", "/search", "com.example/", "/"})
  void identifierHasAPrefix(String id) {
    assertThrows(IllegalArgumentException.class, () -> Extension.builder(id));
  }

  @Test
  void extensionsCannotReplaceMethods() {
    for (String method : List.of("tools/call", "initialize", "server/discover", "ping")) {
      McpServer.Builder server = McpServer.named("n", "1").extension(with("a/b", method));
      assertThrows(IllegalArgumentException.class, server::build, method);
    }
    McpServer.Builder twice =
        McpServer.named("n", "1").extension(with("a/b", "m")).extension(with("a/c", "m"));
    assertThrows(IllegalArgumentException.class, twice::build);
    McpServer.Builder sameId =
        McpServer.named("n", "1").extension(with("a/b", "m")).extension(with("a/b", "o"));
    assertThrows(IllegalArgumentException.class, sameId::build);
  }

  /** A tool goes on after its request was answered and the client has gone. */
  @Test
  void callMayOutliveItsExchange() throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    CompletableFuture<String> late = new CompletableFuture<>();
    Extension extension = builder()
        .toolCalls(
            (tool, arguments, call) -> {
              ToolCall detached = new DetachedCall(call);
              new Thread(() -> {
                    try {
                      answered.await();
                      ToolResult result = tool.call(arguments, detached);
                      late.complete(result.toJson().at("/content/0/text").textValue());
                    } catch (Exception e) {
                      late.completeExceptionally(e);
                    }
                  })
                  .start();
              return ToolResult.ofType("com.example/later", Json.object().put("id", "1"));
            },
            "com.example/later")
        .build();
    McpServer server = McpServer.named("n", "1")
        .extension(extension)
        .tool(Tool.ofSchema("t", "d", "{\"type\":\"object\"}", (in, call) -> {
          call.progress(1, 2, "half way");
          call.cancellation().throwIfCancelled();
          return ToolResult.text("done for " + call.caller().principal());
        }))
        .build();
    TestClient client = new TestClient(server).can(DECLARED).caller(Caller.of("ann"));
    ObjectNode result = client.result("tools/call", "{'name':'t'}");
    assertEquals("com.example/later", result.get("resultType").textValue());
    client.cancellation.cancel();
    answered.countDown();
    assertEquals("done for ann", late.get(20, TimeUnit.SECONDS));
    assertEquals(List.of("half way"), DetachedCall.PROGRESS);
  }

  /** A call with the data of the client and a separate cancellation. */
  private record DetachedCall(
      String name, RequestMeta meta, Caller caller, Attributes attributes, TraceContext trace)
      implements ToolCall {
    private static final List<String> PROGRESS = new CopyOnWriteArrayList<>();

    DetachedCall(ToolCall call) {
      this(call.name(), call.meta(), call.caller(), call.attributes(), call.trace());
    }

    @Override
    public Map<String, List<String>> headers() {
      return Map.of();
    }

    @Override
    public Cancellation cancellation() {
      return new CancellationSource();
    }

    @Override
    public Optional<Instant> deadline() {
      return Optional.empty();
    }

    @Override
    public void progress(double progress, double total, String message) {
      PROGRESS.add(message);
    }

    @Override
    public void resultMeta(ObjectNode meta) {
      throw new UnsupportedOperationException("the result belongs to the extension");
    }

    @Override
    public void log(LogLevel level, String logger, JsonNode data) {}

    @Override
    public void requireExtension(String id) {}

    @Override
    public void requireScopes(List<String> scopes) {}

    @Override
    public boolean canAsk(QuestionKind kind) {
      return false;
    }

    @Override
    public <T> T ask(String key, Question<T> question) {
      throw new IllegalStateException("nobody to ask");
    }

    @Override
    public void ask(Questions questions) {
      throw new IllegalStateException("nobody to ask");
    }
  }

  @Test
  void resultTypesAreThoseThatAreDeclared() {
    Extension undeclared = builder()
        .toolCalls((tool, arguments, call) -> ToolResult.ofType("task", Json.object()), "other")
        .build();
    assertEquals(-32603, called(undeclared).can(DECLARED).code("tools/call", "{'name':'t'}"));
    Extension toAnyone = builder()
        .toolCalls((tool, arguments, call) -> ToolResult.ofType("task", Json.object()), "task")
        .build();
    assertEquals(-32603, called(toAnyone).code("tools/call", "{'name':'t'}"));
    assertEquals(
        -32603, called(toAnyone).can(DECLARED).legacy().code("tools/call", "{'name':'t'}"));
    assertEquals(
        "task",
        called(toAnyone)
            .can(DECLARED)
            .result("tools/call", "{'name':'t'}")
            .get("resultType")
            .textValue());
  }

  private static TestClient called(Extension extension) {
    return new TestClient(McpServer.named("n", "1")
        .extension(extension)
        .tool(Tool.ofSchema("t", "d", "{\"type\":\"object\"}", (in, call) -> ToolResult.text("x")))
        .build());
  }

  /** Only an extension may, also on a server that has none. */
  @Test
  void toolsCannotSetTheResultType() {
    TestClient client = new TestClient(McpServer.named("n", "1")
        .tool(Tool.ofSchema(
            "t",
            "d",
            "{\"type\":\"object\"}",
            (in, call) -> ToolResult.ofType("task", Json.object())))
        .build());
    assertEquals(-32603, client.code("tools/call", "{'name':'t'}"));
  }

  private static Extension with(String id, String method) {
    return Extension.builder(id)
        .method(ExtensionMethod.of(method, (params, call) -> Json.object()))
        .build();
  }
}
