package dev.statelessmcp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.call.Call;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.catalog.Catalog;
import dev.statelessmcp.catalog.Page;
import dev.statelessmcp.extension.Extension;
import dev.statelessmcp.extension.ExtensionSubscription;
import dev.statelessmcp.intercept.Interceptor;
import dev.statelessmcp.intercept.Observer;
import dev.statelessmcp.intercept.Operation;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.RequestId;
import dev.statelessmcp.protocol.Era;
import dev.statelessmcp.protocol.McpException;
import dev.statelessmcp.subscription.ChangeEvent;
import dev.statelessmcp.subscription.ChangeFeed;
import dev.statelessmcp.subscription.Registration;
import dev.statelessmcp.testing.RecordedLog;
import dev.statelessmcp.testing.SpeechlessException;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolHandler;
import dev.statelessmcp.tool.ToolResult;
import dev.statelessmcp.transport.Admission;
import dev.statelessmcp.transport.Exchange;
import dev.statelessmcp.transport.FailureLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Code of a server's author that fails in unusual ways: each request has its answer all the same.
 */
class FaultyCodeTest {
  private static final String EMPTY = "{\"type\":\"object\"}";

  private RecordedLog log;

  @BeforeEach
  void record() {
    log = RecordedLog.ofFailures();
  }

  @AfterEach
  void close() {
    log.close();
  }

  private static McpServer.Builder server(ToolHandler<ObjectNode, ToolResult> handler) {
    return McpServer.named("n", "1").tool(Tool.ofSchema("t", "d", EMPTY, handler));
  }

  private static McpServer.Builder server() {
    return server((in, call) -> ToolResult.text("x"));
  }

  @Test
  void exceptionWhoseMessageFailsIsAnsweredAndLogged() {
    McpServer server = server((in, call) -> {
          throw new SpeechlessException();
        })
        .build();
    assertEquals(-32603, new TestClient(server).code("tools/call", "{'name':'t'}"));
    assertEquals(1, log.records().size());
    String line = log.lines().get(0);
    assertTrue(line.contains("tools/call t failed"), line);
    assertTrue(line.contains(SpeechlessException.class.getName()), line);
  }

  @Test
  void logThatFailsDoesNotLoseTheAnswer() {
    McpServer server = server((in, call) -> {
          throw new IllegalStateException("of the handler");
        })
        .build();
    FailureLog broken = (message, failure) -> {
      throw new IllegalStateException("the log is broken");
    };
    Exchange exchange = new Exchange() {
      @Override
      public Attributes attributes() {
        return Attributes.NONE.with(FailureLog.class, broken);
      }
    };
    ObjectNode params = TestClient.json("{'name':'t'}");
    JsonRpcMessage.Response answer =
        server.handle(new JsonRpcMessage.Request(RequestId.of(1), "tools/call", params), exchange);
    assertEquals(-32603, ((JsonRpcMessage.Failure) answer).error().code());
  }

  /** Such as the class of an optional artifact that is not there. */
  @Test
  void errorOfAnObserverDoesNotChangeAResult() {
    Observer atTheBeginning = operation -> {
      throw new NoClassDefFoundError("observer");
    };
    Observer atTheEnd = operation -> (result, failure) -> {
      throw new StackOverflowError("observer");
    };
    Observer between = new Observer() {
      @Override
      public BiConsumer<ObjectNode, Throwable> begin(Operation operation) {
        return null;
      }

      @Override
      public void between(
          Operation operation, boolean toClient, String method, ObjectNode content) {
        throw new AssertionError("observer");
      }
    };
    McpServer server = server((in, call) -> {
          call.progress(1, 2, null);
          return ToolResult.text("x");
        })
        .observer(atTheBeginning)
        .observer(atTheEnd)
        .observer(between)
        .build();
    TestClient client = new TestClient(server).live();
    assertEquals("x", client.text("t", "{'_meta':{'progressToken':1}}"));
    assertEquals(1, client.notifications.size());
    assertEquals(3, log.records().size());
  }

  /** The thread of a transport that reads notifications goes on. */
  @Test
  void errorOfAnInterceptorOnAMessageWithoutAnAnswerEndsThere() {
    McpServer server = server()
        .interceptor((operation, next) -> {
          throw new NoClassDefFoundError("interceptor");
        })
        .build();
    server
        .port()
        .notified(
            Era.LEGACY,
            new JsonRpcMessage.Notification("notifications/x", Json.object()),
            new Exchange() {});
    server.port().refused(Era.MODERN, new McpException(-32600, "no"), new Exchange() {});
    assertEquals(2, log.records().size());
  }

  @Test
  void carryThatReturnsNullIsNamed() {
    McpServer server = server()
        .interceptor(new Interceptor() {
          @Override
          public ObjectNode around(Operation operation, Callable<ObjectNode> next)
              throws Exception {
            return next.call();
          }

          @Override
          public Runnable carry(Runnable work) {
            return null;
          }
        })
        .build();
    NullPointerException e =
        assertThrows(NullPointerException.class, () -> server.port().carry(() -> {}));
    assertTrue(e.getMessage().contains("carry"), e.getMessage());
  }

  /** What cannot be looked up for the headers is answered, and the place of the call given back. */
  @Test
  void errorOfACatalogueIsAnAnswer() {
    Catalog<Tool> catalog = new Catalog<>() {
      @Override
      public Optional<Page<Tool>> list(Caller caller, String after, int limit) {
        return Optional.empty();
      }

      @Override
      public Optional<Tool> find(String key, Caller caller) {
        throw new StackOverflowError("catalogue");
      }
    };
    McpServer server = McpServer.named("n", "1").tools(catalog).build();
    ObjectNode params = TestClient.json("{'name':'t'}");
    Admission admission = server
        .port()
        .admit(
            Era.LEGACY,
            new JsonRpcMessage.Request(RequestId.of(1), "tools/call", params),
            new Exchange() {});
    assertTrue(admission.mirroredParameters().isEmpty());
    assertEquals(-32603, ((JsonRpcMessage.Failure) admission.run()).error().code());
  }

  /** An interceptor may keep one answer for all requests, of both eras. */
  @Test
  void answerOfAnInterceptorIsNotChanged() {
    ObjectNode constant = ToolResult.text("cached").toJson();
    ObjectNode before = constant.deepCopy();
    McpServer server = server().interceptor((operation, next) -> constant).build();
    ObjectNode modern = new TestClient(server).result("tools/call", "{'name':'t'}");
    assertEquals("complete", modern.get("resultType").textValue());
    ObjectNode legacy = new TestClient(server).legacy().result("tools/call", "{'name':'t'}");
    assertEquals(before, legacy);
    assertEquals(before, constant);
  }

  /**
   * What a legacy client gets is wrapped once, also in the copy that an interceptor has changed.
   */
  @Test
  void copyOfAnInterceptorIsNotWrappedAgain() {
    Tool tool = Tool.ofSchema(
            "t", "d", EMPTY, (in, call) -> ToolResult.structured(Json.parse("[1,2]")))
        .outputSchema("{\"type\":\"array\"}");
    McpServer server = McpServer.named("n", "1")
        .tool(tool)
        .interceptor((operation, next) -> {
          ObjectNode copy = next.call().deepCopy();
          copy.withObjectProperty("_meta").put("seen", true);
          return copy;
        })
        .build();
    ObjectNode result = new TestClient(server).legacy().result("tools/call", "{'name':'t'}");
    assertEquals(TestClient.json("{'result':[1,2]}"), result.get("structuredContent"));
    assertTrue(result.at("/_meta/seen").booleanValue());
  }

  /** A write that blocks fails on an interrupted thread: the client would seem to have gone. */
  @Test
  void interruptThatAHandlerKeepsIsNotThatOfAWrite() {
    List<Boolean> interrupted = new ArrayList<>();
    McpServer server = server((in, call) -> {
          Thread.currentThread().interrupt(); // as after an interrupted wait
          call.progress(1, 2, null);
          interrupted.add(Thread.interrupted());
          return ToolResult.text("x");
        })
        .build();
    TestClient client = new TestClient(server)
        .live()
        .onNotification(notification -> interrupted.add(Thread.currentThread().isInterrupted()));
    assertEquals("x", client.text("t", "{'_meta':{'progressToken':1}}"));
    assertEquals(List.of(false, true), interrupted);
  }

  private record Part(Registration registration) implements ExtensionSubscription {
    @Override
    public JsonNode accept(JsonNode wanted, Call call) {
      return wanted;
    }

    @Override
    public Registration open(
        JsonNode accepted, Call call, Consumer<JsonRpcMessage.Notification> sink, Runnable end) {
      return registration;
    }
  }

  private static ChangeFeed feed(Registration registration) {
    return new ChangeFeed() {
      @Override
      public void publish(ChangeEvent event) {}

      @Override
      public Registration subscribe(Consumer<ChangeEvent> listener) {
        return registration;
      }
    };
  }

  private static TestClient subscriber(Registration ofFeed, Registration ofPart) {
    String id = "com.example/parts";
    McpServer server = server()
        .changes(feed(ofFeed))
        .extension(Extension.builder(id).subscription("parts", new Part(ofPart)).build())
        .build();
    TestClient client = new TestClient(server).live().can("{'extensions':{'" + id + "':{}}}");
    return client.onNotification(acknowledged -> client.ending.cancel());
  }

  private static final String BOTH = "{'notifications':{'toolsListChanged':true,'parts':true}}";

  @Test
  void errorAtTheEndOfASubscriptionLeavesNothingRegistered() {
    AtomicInteger closed = new AtomicInteger();
    TestClient client = subscriber(
        () -> {
          throw new NoClassDefFoundError("feed");
        },
        closed::incrementAndGet);
    assertEquals(-32603, client.code("subscriptions/listen", BOTH));
    assertEquals(1, closed.get());
  }

  /** It is refused at the start of the call: at the end the error could not be sent. */
  @Test
  void subscriptionWithoutARegistrationIsRefused() {
    AtomicInteger closed = new AtomicInteger();
    TestClient noFeed = subscriber(null, closed::incrementAndGet);
    assertEquals(-32603, noFeed.code("subscriptions/listen", BOTH));
    TestClient noPart = subscriber(closed::incrementAndGet, null);
    assertEquals(-32603, noPart.code("subscriptions/listen", BOTH));
    assertEquals(1, closed.get());
    assertTrue(noFeed.notifications.isEmpty());
    assertTrue(noPart.notifications.isEmpty());
    McpServer server = server().changes(feed(null)).build();
    TestConnection connection = new TestConnection();
    assertThrows(NullPointerException.class, () -> server.port().attach(connection));
    assertFalse(connection.isClosed());
  }
}
