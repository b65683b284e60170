package dev.statelessmcp.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.http.Authenticator;
import dev.statelessmcp.input.Question;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.input.StateKeys;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.RequestMeta;
import dev.statelessmcp.resource.Resource;
import dev.statelessmcp.subscription.ChangeEvent;
import dev.statelessmcp.subscription.ChangeFeed;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.test.TestAnswer;
import dev.statelessmcp.test.TestCall;
import dev.statelessmcp.test.TestSubscription;
import dev.statelessmcp.testing.TestTools;
import dev.statelessmcp.testing.Waiting;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one caller gets from the server is of no use to another, who may see less. */
class CallerIsolationTest {
  record Name(String name) {}

  private static final Question<Name> NAME = Question.form("Name?", Name.class);
  private static final String SECRET = "test://secret";

  private final ChangeFeed feed = ChangeFeed.inProcess();
  private final CyclicBarrier both = new CyclicBarrier(2);
  private McpHttpServer http;

  private static boolean isAdmin(Caller caller) {
    return caller.scopes().contains("admin");
  }

  @BeforeEach
  void start() throws IOException {
    McpServer server = McpServer.named("test", "1")
        .pageSize(1)
        .changes(feed)
        .stateKeys(StateKeys.parse("MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="))
        .tool(Tool.of(
                "ask",
                "Asks",
                TestTools.Nothing.class,
                (none, call) -> ToolResult.text(
                    call.ask("name", NAME).name() + " for " + call.caller().principal()))
            .asks(QuestionKind.FORM))
        .tool(TestTools.tool("hidden", (none, call) -> ToolResult.text("hidden"))
            .visibleTo(CallerIsolationTest::isAdmin))
        .tool(TestTools.tool("meet", (none, call) -> {
          String name = call.caller().principal();
          Waiting.await(both);
          call.progress(1, 1, name);
          Waiting.await(both);
          return ToolResult.text(name);
        }))
        .resource(Resource.text("test://open", "open", "text/plain", "x"))
        .resource(Resource.text(SECRET, "secret", "text/plain", "x")
            .visibleTo(CallerIsolationTest::isAdmin))
        .build();
    Authenticator byToken = request -> {
      String token = request.headers().get("Authorization").orElse(null);
      return token == null
          ? Authenticator.unauthorized("Bearer")
          : Authenticator.accepted(
              token.equals("root") ? Caller.of(token, "admin") : Caller.of(token));
    };
    http = McpHttpServer.builder(server)
        .port(0)
        .legacySessions(true)
        .authenticator(byToken)
        .silence(Duration.ofDays(1))
        .stopTimeout(Duration.ZERO)
        .start();
  }

  @AfterEach
  void stop() {
    http.close();
  }

  private McpTestClient client(String caller) {
    return McpTestClient.http(http.uri()).can(QuestionKind.FORM).header("Authorization", caller);
  }

  /** Calls the tool that asks, once, without answering. */
  private TestAnswer ask(String caller, String more) {
    ObjectNode params = (ObjectNode) Json.parse(more);
    ObjectNode meta = params.put("name", "ask").putObject("_meta");
    meta.put(RequestMeta.PROTOCOL_VERSION, "2026-07-28");
    meta.putObject(RequestMeta.CLIENT_CAPABILITIES).putObject("elicitation");
    return client(caller).raw("tools/call", params);
  }

  private SessionClient session(String caller) throws Exception {
    SessionClient client = new SessionClient(http.uri()).header("Authorization", caller);
    String id = client
        .initialize("2025-11-25", SessionClient.CAPABLE)
        .headers()
        .firstValue("Mcp-Session-Id")
        .orElseThrow();
    client.header("Mcp-Session-Id", id);
    return client.header("MCP-Protocol-Version", "2025-11-25");
  }

  @Test
  void aCursorOfAnotherCallerShowsNothingThatIsHidden() {
    List<String> cursors = new ArrayList<>();
    Set<String> seen = new TreeSet<>();
    String cursor = null;
    do {
      TestAnswer page = list("root", cursor);
      page.at("/tools").forEach(tool -> seen.add(tool.get("name").textValue()));
      cursor = page.at("/nextCursor").textValue();
      if (cursor != null) {
        cursors.add(cursor);
      }
    } while (cursor != null);
    assertEquals(Set.of("ask", "hidden", "meet"), seen);
    assertEquals(2, cursors.size());
    list("ann", cursors.get(0)).has("/tools/0/name", "meet");
    // The one behind what is hidden, as if that did not exist
    TestAnswer refused = list("ann", cursors.get(1)).hasError(-32602);
    assertFalse(refused.toString().contains("hidden"), refused::toString);
  }

  private TestAnswer list(String caller, String cursor) {
    ObjectNode params = Json.object();
    return client(caller)
        .request("tools/list", cursor == null ? params : params.put("cursor", cursor));
  }

  @Test
  void sealedStateOfAnotherCallerIsRefused() {
    String state = ask("ann", "{}").at("/requestState").textValue();
    String retry =
        "{\"inputResponses\":{\"name\":{\"action\":\"accept\",\"content\":{\"name\":\"x\"}}},"
            + "\"requestState\":\"" + state + "\"}";
    ask("bob", retry).hasError(-32602);
    ask("ann", retry).hasText("x for ann");
  }

  @Test
  void nothingThatAnotherCallerSendsReachesASession() throws Exception {
    SessionClient ann = session("ann");
    SessionClient bob = new SessionClient(http.uri())
        .header("Authorization", "bob")
        .header("Mcp-Session-Id", ann.id())
        .header("Last-Event-ID", "0");
    try (SessionClient.Events events = ann.stream(SessionClient.call(7, "ask"))) {
      JsonNode question = events.next("elicitation/create");
      String forged = "{\"action\":\"accept\",\"content\":{\"name\":\"forged\"}}";
      String answer = SessionClient.result(question.get("id"), forged);
      assertEquals(404, bob.post(answer).statusCode());
      assertEquals(404, bob.post(SessionClient.cancelled(7)).statusCode());
      assertEquals(404, bob.send("GET", null).statusCode());
      assertEquals(404, bob.send("DELETE", null).statusCode());
      // Also not from another session
      SessionClient own = session("bob");
      own.post(answer);
      own.post(SessionClient.cancelled(7));
      String right = forged.replace("forged", "right");
      assertEquals(
          202, ann.post(SessionClient.result(question.get("id"), right)).statusCode());
      assertEquals("right for ann", HttpAnswer.text(events.next()));
    }
  }

  @Test
  void aSubscriptionIsToldOfNothingThatItsCallerMayNotSee() {
    ChangeEvent open = ChangeEvent.resourceUpdated("test://open");
    ChangeEvent secret = ChangeEvent.resourceUpdated(SECRET);
    try (TestSubscription subscription = client("ann").listen(open, secret)) {
      String acknowledged = subscription.acknowledged().toString();
      assertTrue(acknowledged.contains("test://open"), acknowledged);
      assertFalse(acknowledged.contains(SECRET), acknowledged);
      feed.publish(secret);
      feed.publish(open);
      subscription.receives(open);
    }
  }

  @Test
  void callersWithEqualIdsAndTokensGetWhatIsTheirs() {
    TestCall ann = client("ann").start("meet"); // each is the first request of its client
    TestCall bob = client("bob").start("meet");
    ann.answer().hasProgress("ann").hasText("ann").has("/content/1", null);
    bob.answer().hasProgress("bob").hasText("bob").has("/content/1", null);
  }
}
