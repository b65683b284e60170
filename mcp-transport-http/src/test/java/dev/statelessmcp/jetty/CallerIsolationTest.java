package dev.statelessmcp.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.http.Authenticator;
import dev.statelessmcp.input.Question;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.input.StateKeys;
import dev.statelessmcp.resource.Resource;
import dev.statelessmcp.subscription.ChangeEvent;
import dev.statelessmcp.subscription.ChangeFeed;
import dev.statelessmcp.testing.TestTools;
import dev.statelessmcp.testing.Waiting;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.io.BufferedReader;
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

  private static HttpText modern(String caller, String method, String name, String params) {
    String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":{"
        + params
        + "\"_meta\":{"
        + HttpText.MODERN_META.replace("Capabilities\":{}", "Capabilities\":{\"elicitation\":{}}")
        + ",\"progressToken\":1}}}";
    return HttpText.post(body)
        .header("MCP-Protocol-Version", "2026-07-28")
        .header("Mcp-Method", method)
        .header("Mcp-Name", name)
        .header("Authorization", caller);
  }

  private JsonNode send(String caller, String method, String name, String params)
      throws IOException {
    return RawClient.exchange(http.port(), modern(caller, method, name, params)).json();
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
  void aCursorOfAnotherCallerShowsNothingThatIsHidden() throws Exception {
    List<String> cursors = new ArrayList<>();
    Set<String> seen = new TreeSet<>();
    String cursor = null;
    do {
      String params = cursor == null ? "" : cursor(cursor);
      JsonNode result = send("root", "tools/list", null, params).get("result");
      result.get("tools").forEach(tool -> seen.add(tool.get("name").textValue()));
      cursor = result.path("nextCursor").textValue();
      if (cursor != null) {
        cursors.add(cursor);
      }
    } while (cursor != null);
    assertEquals(Set.of("ask", "hidden", "meet"), seen);
    assertEquals(2, cursors.size());
    JsonNode seenByBoth = send("ann", "tools/list", null, cursor(cursors.get(0)));
    assertEquals("meet", seenByBoth.at("/result/tools/0/name").textValue(), seenByBoth::toString);
    // The one behind what is hidden, as if that did not exist
    JsonNode refused = send("ann", "tools/list", null, cursor(cursors.get(1)));
    assertEquals(-32602, refused.at("/error/code").intValue(), refused::toString);
    assertFalse(refused.toString().contains("hidden"), refused::toString);
  }

  private static String cursor(String cursor) {
    return "\"cursor\":\"" + cursor + "\",";
  }

  @Test
  void sealedStateOfAnotherCallerIsRefused() throws Exception {
    String call = "\"name\":\"ask\",\"arguments\":{},";
    JsonNode asked = send("ann", "tools/call", "ask", call);
    String state = asked.at("/result/requestState").textValue();
    String retry = call
        + "\"inputResponses\":{\"name\":{\"action\":\"accept\",\"content\":{\"name\":\"x\"}}},"
        + "\"requestState\":\"" + state + "\",";
    assertEquals(
        -32602, send("bob", "tools/call", "ask", retry).at("/error/code").intValue());
    JsonNode done = send("ann", "tools/call", "ask", retry);
    assertEquals("x for ann", done.at("/result/content/0/text").textValue(), done::toString);
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
      // Nor from a session of his own
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
  void aSubscriptionIsToldOfNothingThatItsCallerMayNotSee() throws Exception {
    HttpText listen = modern(
        "ann",
        "subscriptions/listen",
        null,
        "\"notifications\":{\"resourceSubscriptions\":[\"test://open\",\"" + SECRET + "\"]},");
    try (RawClient client = new RawClient(http.port())) {
      client.send(listen);
      BufferedReader lines = client.lines(client.receiveHead());
      String acknowledged = next(lines);
      assertTrue(acknowledged.contains("test://open"), acknowledged);
      assertFalse(acknowledged.contains(SECRET), acknowledged);
      feed.publish(ChangeEvent.resourceUpdated(SECRET));
      feed.publish(ChangeEvent.resourceUpdated("test://open"));
      String told = next(lines);
      assertTrue(told.contains("test://open"), told);
    }
  }

  @Test
  void callersWithEqualIdsAndTokensGetWhatIsTheirs() throws Exception {
    try (RawClient ann = new RawClient(http.port());
        RawClient bob = new RawClient(http.port())) {
      String call = "\"name\":\"meet\",\"arguments\":{},";
      ann.send(modern("ann", "tools/call", "meet", call));
      bob.send(modern("bob", "tools/call", "meet", call));
      String toAnn = ann.receive().body();
      String toBob = bob.receive().body();
      assertTrue(toAnn.contains("\"ann\"") && !toAnn.contains("bob"), toAnn);
      assertTrue(toBob.contains("\"bob\"") && !toBob.contains("ann"), toBob);
    }
  }

  private static String next(BufferedReader lines) throws IOException {
    String line = lines.readLine();
    while (line != null && !line.startsWith("data: ")) {
      line = lines.readLine();
    }
    return String.valueOf(line);
  }
}
