package dev.statelessmcp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.JsonRpcCodec;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.RequestId;
import dev.statelessmcp.protocol.McpException;
import dev.statelessmcp.protocol.RequestMeta;
import dev.statelessmcp.testing.SilentLog;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolHandler;
import dev.statelessmcp.tool.ToolResult;
import dev.statelessmcp.transport.CancellationSource;
import dev.statelessmcp.transport.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The way of a request through the server, seen from outside. */
@Timeout(30)
@ExtendWith(SilentLog.class)
class McpServerTest {
  private static final String META = "\"_meta\":{"
      + "\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
      + "\"io.modelcontextprotocol/clientCapabilities\":{}}";

  record Nothing() {}

  record Count(int n) {}

  @AfterEach
  void threadIsNotInterrupted() {
    assertFalse(Thread.currentThread().isInterrupted());
  }

  private static Tool tool(String name, ToolHandler<Nothing, ToolResult> handler) {
    return Tool.of(name, "d", Nothing.class, handler);
  }

  private static McpServer server(ToolHandler<Nothing, ToolResult> handler) {
    return McpServer.named("n", "1").tool(tool("t", handler)).build();
  }

  private static JsonRpcMessage.Request request(String method, String params) {
    return new JsonRpcMessage.Request(
        RequestId.of("id"), method, (ObjectNode) Json.parse("{" + params + "}"));
  }

  private static String handle(McpServer server, String method, String params, Exchange exchange) {
    JsonRpcMessage.Response response = server.handle(request(method, params), exchange);
    assertEquals(RequestId.of("id"), response.id());
    return Json.text(JsonRpcCodec.toJson(response))
        .replace("\"jsonrpc\":\"2.0\",\"id\":\"id\",", "");
  }

  private static String handle(McpServer server, String method, String params) {
    return handle(server, method, params, new Exchange() {});
  }

  private static String call(McpServer server) {
    return handle(server, "tools/call", "\"name\":\"t\"");
  }

  private static String error(int code, String message) {
    return "{\"error\":{\"code\":" + code + ",\"message\":\"" + message + "\"}}";
  }

  @Test
  void twoToolsOfOneNameAreRefusedWhenTheServerIsBuilt() {
    McpServer.Builder builder = McpServer.named("n", "1")
        .tool(tool("a", (nothing, call) -> ToolResult.text("")))
        .tool(tool("A", (nothing, call) -> ToolResult.text("")));
    builder.build();
    builder.tool(tool("a", (nothing, call) -> ToolResult.text("")));
    assertEquals(
        "there are two tools named \"a\"",
        assertThrows(IllegalArgumentException.class, builder::build).getMessage());
  }

  @Test
  void serverIsNotChangedByItsBuilderAfterwards() {
    McpServer.Builder builder = McpServer.named("n", "1");
    McpServer server = builder.build();
    builder.tool(tool("t", (nothing, call) -> ToolResult.text("")));
    assertEquals(error(-32601, "Method not found: tools/list"), handle(server, "tools/list", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tools/list", "tools/call"})
  void serverWithoutToolsHasNeitherCapabilityNorMethods(String method) {
    McpServer server = McpServer.named("n", "1").build();
    assertEquals(error(-32601, "Method not found: " + method), handle(server, method, ""));
    assertEquals(error(-32601, "Method not found: " + method), handle(server, method, META));
    assertTrue(handle(server, "server/discover", META).contains("\"capabilities\":{}"));
  }

  @Test
  void discoverSaysWhatTheBuilderWasTold() {
    McpServer server = McpServer.named("n", "1")
        .title("T")
        .description("D")
        .instructions("I")
        .tool(tool("t", (nothing, call) -> ToolResult.text("")))
        .build();
    assertEquals(
        "{\"result\":{\"supportedVersions\":[\"2026-07-28\"],\"capabilities\":{\"tools\":{}},"
            + "\"instructions\":\"I\",\"resultType\":\"complete\",\"ttlMs\":0,"
            + "\"cacheScope\":\"private\",\"_meta\":{\"io.modelcontextprotocol/serverInfo\":"
            + "{\"name\":\"n\",\"title\":\"T\",\"version\":\"1\",\"description\":\"D\"}}}}",
        handle(server, "server/discover", META));
    assertEquals("T", server.info().title().orElseThrow());
  }

  @Test
  void initializeSaysTheSameAndTellsTheTransport() {
    McpServer server =
        McpServer.named("n", "1").title("T").description("D").instructions("I").build();
    List<RequestMeta> clients = new ArrayList<>();
    Exchange exchange = new Exchange() {
      @Override
      public void initialized(RequestMeta client) {
        clients.add(client);
      }
    };
    assertEquals(
        "{\"result\":{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},\"serverInfo\":"
            + "{\"name\":\"n\",\"title\":\"T\",\"version\":\"1\",\"description\":\"D\"},"
            + "\"instructions\":\"I\"}}",
        handle(
            server,
            "initialize",
            "\"protocolVersion\":\"2025-06-18\",\"capabilities\":{\"roots\":{}},"
                + "\"clientInfo\":{\"name\":\"c\",\"version\":\"2\"}",
            exchange));
    assertEquals("2025-06-18", clients.get(0).version().toString());
    assertEquals("c", clients.get(0).clientInfo().orElseThrow().name());
    assertTrue(clients.get(0).clientCapabilities().has("roots"));
  }

  @ParameterizedTest
  @CsvSource({
    "2024-11-05, 2024-11-05",
    "2025-03-26, 2025-03-26",
    "2025-11-25, 2025-11-25",
    "2026-07-28, 2025-11-25",
    "1999-01-01, 2025-11-25",
    "'', 2025-11-25"
  })
  void initializeAnswersWithTheSameVersionOrTheNewestLegacyOne(String asked, String answered) {
    String answer = handle(
        McpServer.named("n", "1").build(),
        "initialize",
        "\"protocolVersion\":\"" + asked
            + "\",\"capabilities\":{},\"clientInfo\":{\"name\":\"c\",\"version\":\"2\"}");
    assertTrue(answer.contains("\"protocolVersion\":\"" + answered + "\""), answer);
  }

  @Test
  void toolsAreListedInTheOrderInWhichTheyWereAdded() {
    McpServer.Builder builder = McpServer.named("n", "1");
    for (String name : List.of("z", "a", "m")) {
      builder.tool(tool(name, (nothing, call) -> ToolResult.text("")));
    }
    String list = handle(builder.build(), "tools/list", "");
    assertTrue(list.matches(".*\"z\".*\"a\".*\"m\".*"), list);
    assertFalse(list.contains("resultType"), list);
  }

  @Test
  void listThatWasHandedOutDoesNotChangeTheServer() {
    McpServer server = server((nothing, call) -> ToolResult.text(""));
    String before = handle(server, "tools/list", META);
    assertEquals(before, handle(server, "tools/list", META));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RuntimeException",
        "Error",
        "StackOverflowError",
        "InterruptedException",
        "AssertionError",
        "NoClassDefFoundError",
        "Throwable without message"
      })
  void exceptionOfAHandlerIsAnInternalErrorWithOnlyAReference(String kind) {
    McpServer server = server((nothing, call) -> {
      switch (kind) {
        case "RuntimeException" -> throw new IllegalStateException("secret");
        case "Error" -> throw new Error("secret");
        case "StackOverflowError" -> recurse(0);
        case "InterruptedException" -> throw new InterruptedException("secret");
        case "AssertionError" -> throw new AssertionError("secret");
        case "NoClassDefFoundError" -> throw new NoClassDefFoundError("secret");
        default -> throw new Exception();
      }
      return ToolResult.text("not reached");
    });
    String answer = call(server);
    assertTrue(
        answer.matches(
            "\\{\"error\":\\{\"code\":-32603,\"message\":\"Internal error \\(ref [0-9a-f]{8}\\)\"}}"),
        answer);
    assertTrue(call(server).contains("Internal error"));
  }

  private static int recurse(int depth) {
    return depth < 0 ? 0 : recurse(depth + 1) + depth;
  }

  @Test
  void mcpExceptionIsTheErrorItCarries() {
    McpServer server = server((nothing, call) -> {
      throw new McpException(1001, "Quota exceeded", Json.object().put("limit", 5));
    });
    assertEquals(
        "{\"error\":{\"code\":1001,\"message\":\"Quota exceeded\",\"data\":{\"limit\":5}}}",
        call(server));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void answerThatJsonCannotSayIsAnInternalError(boolean result) {
    ObjectNode unsayable = Json.object();
    unsayable.putPOJO("a", new Object());
    McpServer server = server((nothing, call) -> {
      if (result) {
        return ToolResult.of().structuredContent(unsayable);
      }
      throw new McpException(1, "m", unsayable);
    });
    String answer = call(server);
    assertTrue(answer.contains("\"code\":-32603"), answer);
  }

  @Test
  void answerThatNestsTooDeepIsAnInternalError() {
    ObjectNode deep = Json.object();
    for (int i = 0; i < 20_000; i++) {
      deep = Json.object().set("a", deep);
    }
    ToolResult result = ToolResult.of().structuredContent(deep);
    String answer = call(server((nothing, call) -> result));
    assertTrue(answer.contains("\"code\":-32603"), answer);
  }

  /** A transport with one call to cancel. */
  private static final class Cancellable implements Exchange {
    private final CancellationSource cancellation = new CancellationSource();

    @Override
    public Cancellation cancellation() {
      return cancellation;
    }
  }

  private static Thread daemon(Runnable run) {
    Thread thread = new Thread(run);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Test
  void cancellationInterruptsTheHandlerAndLeavesNoFlagBehind() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    McpServer server = server((nothing, call) -> {
      running.countDown();
      try {
        Thread.sleep(20_000);
      } catch (InterruptedException e) {
        interrupted.countDown();
        Thread.currentThread().interrupt(); // as is good style
      }
      call.cancellation().throwIfCancelled();
      return ToolResult.text("not cancelled");
    });
    Cancellable exchange = new Cancellable();
    AtomicReference<String> answer = new AtomicReference<>();
    AtomicReference<Boolean> flag = new AtomicReference<>();
    Thread thread = daemon(() -> {
      answer.set(handle(server, "tools/call", "\"name\":\"t\"", exchange));
      flag.set(Thread.currentThread().isInterrupted());
    });
    running.await();
    exchange.cancellation.cancel();
    thread.join(10_000);
    assertEquals(0, interrupted.getCount());
    assertEquals(false, flag.get());
    assertEquals(error(-32603, "Cancelled"), answer.get());
  }

  @Test
  void interruptOfACancellationNeverArrivesAfterTheCall() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    McpServer server = server((nothing, call) -> {
      running.countDown();
      while (!call.cancellation().isCancelled()) {
        Thread.onSpinWait();
      }
      return ToolResult.text("");
    });
    Cancellable exchange = new Cancellable();
    // Runs before the interrupt, and holds it up until the call has ended
    exchange.cancellation.onCancel(() -> {
      try {
        goOn.await(2, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    });
    Thread canceller = daemon(() -> {
      try {
        running.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      exchange.cancellation.cancel();
    });
    handle(server, "tools/call", "\"name\":\"t\"", exchange);
    goOn.countDown();
    canceller.join(10_000);
    assertFalse(Thread.interrupted(), "the interrupt hit the thread's next call");
  }

  @Test
  void callThatIsCancelledBeforeItBeginsLeavesNoFlagBehindEither() {
    Cancellable exchange = new Cancellable();
    exchange.cancellation.cancel();
    handle(
        server((nothing, call) -> ToolResult.text("")), "tools/call", "\"name\":\"t\"", exchange);
    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  void interruptWithoutCancellationIsKept() {
    Thread.currentThread().interrupt();
    call(server((nothing, call) -> ToolResult.text("")));
    assertTrue(Thread.interrupted());
  }

  @Test
  void cancellationAfterTheCallDoesNotInterrupt() {
    Cancellable exchange = new Cancellable();
    handle(
        server((nothing, call) -> ToolResult.text("")), "tools/call", "\"name\":\"t\"", exchange);
    exchange.cancellation.cancel();
    assertFalse(Thread.currentThread().isInterrupted());
  }

  private static List<String> progress(String meta, ToolHandler<Nothing, ToolResult> handler) {
    List<String> sent = new ArrayList<>();
    Exchange exchange = new Exchange() {
      @Override
      public void send(JsonRpcMessage.Notification notification) {
        assertEquals("notifications/progress", notification.method());
        sent.add(Json.text(notification.params()));
      }
    };
    handle(server(handler), "tools/call", "\"name\":\"t\",\"_meta\":" + meta, exchange);
    return sent;
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "\"a\"", "\"\"", "9223372036854775808"})
  void progressCarriesTheTokenAsItWasSent(String token) {
    assertEquals(
        List.of("{\"progressToken\":" + token + ",\"progress\":0.5,\"total\":2,\"message\":\"m\"}"),
        progress("{\"progressToken\":" + token + "}", (nothing, call) -> {
          call.progress(0.5, 2, "m");
          return ToolResult.text("");
        }));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"progressToken\":null}",
        "{\"progressToken\":1.5}",
        "{\"progressToken\":true}",
        "{\"progressToken\":{}}"
      })
  void progressGoesNowhereUnlessTheClientAskedForIt(String meta) {
    assertEquals(List.of(), progress(meta, (nothing, call) -> {
      call.progress(1, 2, "m");
      return ToolResult.text("");
    }));
  }

  @Test
  void progressThatDoesNotGrowOrIsNotANumberIsDropped() {
    List<String> sent = progress("{\"progressToken\":1}", (nothing, call) -> {
      for (double progress : new double[] {
        Double.NEGATIVE_INFINITY, -1, Double.NaN, -1, -2, 0, -0.0, 1e300, Double.POSITIVE_INFINITY
      }) {
        call.progress(progress, Double.NaN, null);
      }
      return ToolResult.text("");
    });
    assertEquals(
        List.of(
            "{\"progressToken\":1,\"progress\":-1}",
            "{\"progressToken\":1,\"progress\":0}",
            "{\"progressToken\":1,\"progress\":1.0E300}"),
        sent);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void totalThatIsNotKnownIsLeftOut(double total) {
    assertEquals(
        List.of("{\"progressToken\":1,\"progress\":1}"),
        progress("{\"progressToken\":1}", (nothing, call) -> {
          call.progress(1, total, null);
          return ToolResult.text("");
        }));
  }

  @Test
  void progressAfterTheAnswerIsDropped() {
    AtomicReference<Runnable> late = new AtomicReference<>();
    List<String> sent = progress("{\"progressToken\":1}", (nothing, call) -> {
      late.set(() -> call.progress(1, 0, null));
      return ToolResult.text("");
    });
    late.get().run();
    assertEquals(List.of(), sent);
  }

  @Test
  void progressFromManyThreadsGrowsOnTheWireToo() {
    List<String> sent = progress("{\"progressToken\":1}", (nothing, call) -> {
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        int offset = t;
        threads.add(daemon(() -> {
          for (int i = 0; i < 200; i++) {
            call.progress(i * 8 + offset, 0, null);
          }
        }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      return ToolResult.text("");
    });
    long last = -1;
    for (String params : sent) {
      long progress = Json.parse(params).get("progress").longValue();
      assertTrue(progress > last, params);
      last = progress;
    }
    assertEquals(8 * 200 - 1, last);
  }

  @Test
  void progressOfACancelledCallIsDropped() {
    assertEquals(
        List.of(), progress("{\"progressToken\":1}", (nothing, call) -> ToolResult.text("")));
    List<JsonRpcMessage.Notification> sent = new ArrayList<>();
    CancellationSource cancelled = new CancellationSource();
    Exchange exchange = new Exchange() {
      @Override
      public void send(JsonRpcMessage.Notification notification) {
        sent.add(notification);
      }

      @Override
      public Cancellation cancellation() {
        return cancelled;
      }
    };
    McpServer server = server((nothing, call) -> {
      call.progress(1, 0, null);
      cancelled.cancel();
      call.progress(2, 0, null);
      return ToolResult.text("");
    });
    handle(server, "tools/call", "\"name\":\"t\",\"_meta\":{\"progressToken\":1}", exchange);
    assertEquals(1, sent.size());
  }

  @Test
  void sixtyFourCallsRunAtOnceAndGetTheirOwnAnswers() throws Exception {
    CountDownLatch all = new CountDownLatch(64);
    McpServer server = McpServer.named("n", "1")
        .tool(Tool.of("t", "d", Count.class, Count.class, (in, call) -> {
          all.countDown();
          assertTrue(all.await(20, TimeUnit.SECONDS), "not all at once");
          return in;
        }))
        .build();
    ExecutorService pool = Executors.newFixedThreadPool(64);
    try {
      List<Future<JsonRpcMessage.Response>> answers = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        String params = "{\"name\":\"t\",\"arguments\":{\"n\":" + i + "}}";
        JsonRpcMessage.Request request = new JsonRpcMessage.Request(
            RequestId.of(i), "tools/call", (ObjectNode) Json.parse(params));
        answers.add(pool.submit(() -> server.handle(request, new Exchange() {})));
      }
      for (int i = 0; i < 64; i++) {
        JsonRpcMessage.Result result =
            assertInstanceOf(JsonRpcMessage.Result.class, answers.get(i).get());
        assertEquals(RequestId.of(i), result.id());
        assertEquals(i, result.result().path("structuredContent").path("n").intValue());
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
          "x":1 | Invalid params: params.name is required
          "name":null | Invalid params: params.name must be a string
          "name":["t"] | Invalid params: params.name must be a string
          "name":"T" | Unknown tool: T
          "name":"t","arguments":[] | Invalid params: params.arguments must be an object
          "name":"t","arguments":"{}" | Invalid params: params.arguments must be an object
          """)
  void callThatFitsNoToolIsAnInvalidParameter(String params, String message) {
    McpServer server = server((nothing, call) -> ToolResult.text(""));
    String answer = handle(server, "tools/call", params);
    assertTrue(answer.contains("\"code\":-32602"), answer);
    assertTrue(answer.contains(message), answer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"name\":\"t\"", "\"name\":\"t\",\"arguments\":null"})
  void argumentsMayBeLeftOut(String params) {
    McpServer server = server((nothing, call) -> ToolResult.text("ok"));
    assertEquals(
        "{\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"ok\"}],\"isError\":false}}",
        handle(server, "tools/call", params));
  }

  @Test
  void handlerSeesTheCallAndNotTheEra() {
    McpServer server = server((nothing, call) -> ToolResult.text(call.name()
        + " "
        + call.meta().version()
        + " "
        + call.caller().isAnonymous()
        + " "
        + call.headers()
        + " "
        + call.deadline().isPresent()
        + " "
        + call.meta().clientInfo().isPresent()));
    assertTrue(call(server).contains("\"t 2025-03-26 true {} false false\""));
    assertTrue(handle(server, "tools/call", "\"name\":\"t\"," + META)
        .contains("\"t 2026-07-28 true {} false false\""));
  }
}
