package dev.statelessmcp.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.http.Authenticator;
import dev.statelessmcp.http.LegacySessions;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.LogLevel;
import dev.statelessmcp.resource.Resource;
import dev.statelessmcp.subscription.ChangeFeed;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.testing.TestTools;
import dev.statelessmcp.testing.Waiting;
import dev.statelessmcp.tool.ToolResult;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The start and end of legacy sessions, and who may use them. */
@Timeout(60)
class SessionTest {
  private static final String PING = SessionClient.request(1, "ping", "{}");

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-08-01T00:00:00Z"));
  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private final CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
  private McpHttpServer http;

  private final McpServer server = McpServer.named("test", "1")
      .logging()
      .changes(ChangeFeed.inProcess())
      .resource(Resource.text("test://a", "a", "text/plain", "a"))
      .tool(TestTools.tool("log", (none, call) -> {
        call.log(LogLevel.DEBUG, null, Json.NODES.textNode("quiet"));
        call.log(LogLevel.INFO, null, Json.NODES.textNode("loud"));
        return ToolResult.text("done");
      }))
      .tool(TestTools.tool(
          "version",
          (none, call) -> ToolResult.text(call.meta().version().toString() + " "
              + call.meta().clientInfo().map(info -> info.name()).orElse("-"))))
      .tool(TestTools.tool("wait", (none, call) -> {
        started.countDown();
        try {
          Waiting.await(release);
        } finally {
          cancelled.complete(call.cancellation().isCancelled());
        }
        return ToolResult.text("done");
      }))
      .build();

  private McpHttpServer.Builder builder() {
    return McpHttpServer.builder(server).port(0).stopTimeout(Duration.ZERO);
  }

  private SessionClient start(McpHttpServer.Builder builder) throws IOException {
    http = builder.start();
    return new SessionClient(http.uri());
  }

  private SessionClient start(LegacySessions settings) throws IOException {
    return start(builder().legacySessions(settings.withClock(now::get)));
  }

  private SessionClient session() throws Exception {
    if (http == null) {
      start(LegacySessions.DEFAULT);
    }
    return SessionClient.initialized(http);
  }

  private void pass(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }

  @AfterEach
  void stop() {
    release.countDown();
    http.close();
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse(null);
  }

  private static void assertNotFound(HttpResponse<String> answer) {
    assertEquals(404, answer.statusCode(), answer::body);
    assertEquals(-32600, HttpAnswer.parse(answer.body()).at("/error/code").intValue());
  }

  @Test
  void sessionsAreOffByDefault() throws Exception {
    SessionClient client = start(builder());
    HttpResponse<String> answer = client.initialize("2025-11-25", SessionClient.CAPABLE);
    assertNull(header(answer, "Mcp-Session-Id"));
    JsonNode capabilities = HttpAnswer.parse(answer.body()).at("/result/capabilities");
    assertEquals(HttpAnswer.parse("{}"), capabilities.get("resources"));
    for (String id : List.of("", "made-up")) {
      client.header("Mcp-Session-Id", id);
      assertEquals(200, client.post(PING).statusCode());
      for (String method : List.of("GET", "DELETE")) {
        HttpResponse<String> refused = client.send(method, null);
        assertEquals(405, refused.statusCode());
        assertEquals("POST, OPTIONS", header(refused, "Allow"));
      }
    }
  }

  @Test
  void switchTakesTheDefaults() throws Exception {
    start(builder().legacySessions(true));
    assertEquals(200, SessionClient.initialized(http).post(PING).statusCode());
    http.close();
    SessionClient off = start(builder().legacySessions(true).legacySessions(false));
    assertNull(header(off.initialize("2025-11-25", "{}"), "Mcp-Session-Id"));
  }

  @Test
  void initializeTellsAnIdAndWhatSessionsCanDo() throws Exception {
    SessionClient client = start(LegacySessions.DEFAULT);
    HttpResponse<String> answer = client.initialize("2025-11-25", "{}");
    String id = header(answer, "Mcp-Session-Id");
    assertTrue(id.matches("[\\x21-\\x7E]{22,}"), id); // 128 bits in Base64
    assertNotEquals(id, header(client.initialize("2025-11-25", "{}"), "Mcp-Session-Id"));
    JsonNode capabilities = HttpAnswer.parse(answer.body()).at("/result/capabilities");
    assertEquals(
        HttpAnswer.parse("{\"subscribe\":true,\"listChanged\":true}"),
        capabilities.get("resources"));
    assertTrue(capabilities.at("/tools/listChanged").booleanValue());
    HttpResponse<String> later = client.header("Mcp-Session-Id", id).post(PING);
    assertEquals(200, later.statusCode());
    assertNull(header(later, "Mcp-Session-Id"));
  }

  @Test
  void initializeIsAnsweredInAStreamToWhoWantsOne() throws Exception {
    SessionClient client = start(LegacySessions.DEFAULT).header("Accept", "text/event-stream");
    HttpResponse<String> answer = client.initialize("2025-11-25", "{}");
    assertEquals("text/event-stream", header(answer, "Content-Type"));
    client.header("Mcp-Session-Id", header(answer, "Mcp-Session-Id"));
    assertEquals(200, client.post(PING).statusCode());
  }

  @Test
  void requestsWithoutAnIdAreServedAsEver() throws Exception {
    session();
    SessionClient client = new SessionClient(http.uri());
    assertEquals("2025-03-26 -", HttpAnswer.text(client.ask(SessionClient.call(1, "version"))));
    JsonNode refused =
        client.ask(SessionClient.request(2, "resources/subscribe", "{\"uri\":\"test://a\"}"));
    assertEquals(-32601, refused.at("/error/code").intValue());
    for (String method : List.of("GET", "DELETE")) {
      HttpResponse<String> answer = client.send(method, null);
      assertEquals(405, answer.statusCode());
      assertEquals("GET, POST, DELETE, OPTIONS", header(answer, "Allow"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "made-up"})
  void unknownIdIsNotFound(String id) throws Exception {
    SessionClient client = start(LegacySessions.DEFAULT).header("Mcp-Session-Id", id);
    HttpResponse<String> answer = client.post(PING);
    assertNotFound(answer);
    assertEquals(1, HttpAnswer.parse(answer.body()).get("id").intValue());
    assertNotFound(client.post(SessionClient.cancelled(1)));
    assertNotFound(client.post(SessionClient.result(Json.NODES.textNode("server-1"), "{}")));
    assertNotFound(client.post("[" + PING + "]"));
    assertNotFound(client.send("GET", null));
    assertNotFound(client.send("DELETE", null));
  }

  /** A client that keeps the header does what 404 would tell it to do. */
  @ParameterizedTest
  @ValueSource(strings = {"", "made-up", "made-up, made-up"})
  void initializeWithAnUnknownIdStartsASession(String id) throws Exception {
    SessionClient client = start(LegacySessions.DEFAULT).header("Mcp-Session-Id", id);
    HttpResponse<String> answer = client.initialize("2025-11-25", "{}");
    assertEquals(200, answer.statusCode(), answer::body);
    String began = header(answer, "Mcp-Session-Id");
    assertNotEquals(id, began);
    assertEquals(200, client.header("Mcp-Session-Id", began).post(PING).statusCode());
  }

  @Test
  void initializeWithTheIdOfASessionThatHasEndedBeginsAnother() throws Exception {
    SessionClient client = session();
    String ended = client.id();
    assertEquals(204, client.send("DELETE", null).statusCode());
    HttpResponse<String> answer = client.initialize("2025-11-25", "{}");
    assertEquals(200, answer.statusCode(), answer::body);
    assertNotEquals(ended, header(answer, "Mcp-Session-Id"));
    client = session();
    pass(Duration.ofDays(1));
    assertEquals(200, client.initialize("2025-11-25", "{}").statusCode());
  }

  @Test
  void idThatIsSentTwiceCountsOnceAndTwoIdsAreRefused() throws Exception {
    SessionClient client = session();
    String id = client.id();
    client.header("Mcp-Session-Id", id + ", " + id);
    assertEquals(200, client.post(PING).statusCode());
    client.header("Mcp-Session-Id", id + ", made-up");
    for (HttpResponse<String> answer :
        List.of(client.post(PING), client.initialize("2025-11-25", "{}"))) {
      assertEquals(400, answer.statusCode(), answer::body);
      assertTrue(answer.body().contains("Mcp-Session-Id"), answer::body);
    }
  }

  @Test
  void sessionBeginsOnce() throws Exception {
    SessionClient client = session();
    assertEquals(400, client.initialize("2025-11-25", "{}").statusCode());
    assertEquals(200, client.post(PING).statusCode());
  }

  @Test
  void deletedSessionIsNotFound() throws Exception {
    SessionClient client = session();
    HttpResponse<String> deleted = client.send("DELETE", null);
    assertEquals(204, deleted.statusCode());
    assertEquals("", deleted.body());
    assertNotFound(client.post(PING));
    assertNotFound(client.send("DELETE", null));
  }

  @Test
  void deleteEndsCallsWithoutAnAnswer() throws Exception {
    SessionClient client = session();
    CompletableFuture<HttpResponse<String>> call = later(client, SessionClient.call(2, "wait"));
    Waiting.await(started);
    assertEquals(204, client.send("DELETE", null).statusCode());
    assertEquals("", call.get().body());
    assertTrue(cancelled.get());
  }

  @Test
  void idleSessionExpires() throws Exception {
    SessionClient client = session();
    for (int i = 0; i < 3; i++) {
      pass(Duration.ofMinutes(30));
      assertEquals(200, client.post(PING).statusCode());
    }
    // The answer of a call is there a moment before the session counts as idle
    for (int i = 0; i < 100 && client.post(PING).statusCode() == 200; i++) {
      pass(Duration.ofMinutes(30).plusMillis(1));
    }
    assertNotFound(client.post(PING));
    assertNotFound(client.post(PING));
  }

  @Test
  void sessionWithACallOrAStreamDoesNotExpire() throws Exception {
    SessionClient client = session();
    CompletableFuture<HttpResponse<String>> call = later(client, SessionClient.call(2, "wait"));
    Waiting.await(started);
    pass(Duration.ofHours(5));
    assertEquals(200, client.post(PING).statusCode());
    release.countDown();
    assertEquals(200, call.get().statusCode());
    try (SessionClient.Events events = client.listen()) {
      assertEquals(":", events.line());
      pass(Duration.ofHours(5));
      assertEquals(200, client.post(PING).statusCode());
    }
  }

  @Test
  void sessionsAreLimited() throws Exception {
    SessionClient late = start(LegacySessions.DEFAULT.withMaxSessions(2));
    SessionClient first = session();
    session();
    HttpResponse<String> refused = late.initialize("2025-11-25", "{}");
    assertEquals(503, refused.statusCode());
    assertEquals("60", header(refused, "Retry-After"));
    assertEquals(0, HttpAnswer.parse(refused.body()).get("id").intValue());
    assertEquals(200, first.post(PING).statusCode());
    assertEquals(200, late.post(PING).statusCode());
    assertEquals(204, first.send("DELETE", null).statusCode());
    session();
    assertEquals(503, late.initialize("2025-11-25", "{}").statusCode());
    pass(Duration.ofMinutes(31));
    session();
    session();
  }

  @Test
  void initializeThatFailsLeavesNoSession() throws Exception {
    SessionClient client = start(LegacySessions.DEFAULT.withMaxSessions(1));
    HttpResponse<String> failed = client.post(SessionClient.request(1, "initialize", "{}"));
    assertEquals(-32602, HttpAnswer.parse(failed.body()).at("/error/code").intValue());
    assertNull(header(failed, "Mcp-Session-Id"));
    session();
  }

  @Test
  void sessionOfAnotherCallerIsNotFound() throws Exception {
    Authenticator byToken = request -> {
      String token = request.headers().get("Authorization").orElse(null);
      return token == null
          ? Authenticator.unauthorized("Bearer")
          : Authenticator.accepted(Caller.of(token));
    };
    SessionClient alice =
        start(builder().legacySessions(true).authenticator(byToken)).header("Authorization", "A");
    String id = header(alice.initialize("2025-11-25", "{}"), "Mcp-Session-Id");
    SessionClient mallory =
        new SessionClient(http.uri()).header("Authorization", "M").header("Mcp-Session-Id", id);
    assertNotFound(mallory.post(PING));
    assertNotFound(mallory.post(SessionClient.cancelled(1)));
    assertNotFound(mallory.send("GET", null));
    assertNotFound(mallory.send("DELETE", null));
    assertEquals(401, mallory.header("Authorization", null).post(PING).statusCode());
    assertEquals(200, alice.header("Mcp-Session-Id", id).post(PING).statusCode());
  }

  @Test
  void modernRequestsIgnoreTheHeader() throws Exception {
    String id = session().id();
    for (String any : List.of(id, "made-up")) {
      HttpText call = HttpText.modernCall(1, "version", "{}").header("Mcp-Session-Id", any);
      assertEquals("2026-07-28 test", RawClient.exchange(http.port(), call).text());
      HttpText cancel = HttpText.post(SessionClient.cancelled(1))
          .header("MCP-Protocol-Version", "2026-07-28")
          .header("Mcp-Session-Id", any);
      assertEquals(202, RawClient.exchange(http.port(), cancel).status());
      for (String method : List.of("GET", "DELETE")) {
        HttpText other = HttpText.of(method, "/mcp")
            .header("MCP-Protocol-Version", "2026-07-28")
            .header("Mcp-Session-Id", any);
        assertEquals(405, RawClient.exchange(http.port(), other).status());
      }
    }
  }

  @Test
  void versionAndClientAreThoseOfInitialize() throws Exception {
    SessionClient client = session();
    for (String version : List.of("2025-11-25", "2025-06-18")) {
      client.header("MCP-Protocol-Version", version);
      assertEquals(
          "2025-11-25 test", HttpAnswer.text(client.ask(SessionClient.call(1, "version"))));
    }
    client.header("MCP-Protocol-Version", null);
    assertEquals("2025-11-25 test", HttpAnswer.text(client.ask(SessionClient.call(1, "version"))));
    client.header("MCP-Protocol-Version", "1999-01-01");
    assertEquals(400, client.post(PING).statusCode());
    assertEquals(400, client.send("GET", null).statusCode());
    assertEquals(400, client.send("DELETE", null).statusCode());
  }

  @Test
  void logLevelIsRememberedInItsSession() throws Exception {
    start(LegacySessions.DEFAULT);
    McpTestClient client = McpTestClient.http(http.uri()).legacy();
    McpTestClient other = client.legacy(); // with a separate session
    assertFalse(logged(client).contains("quiet"));
    client.request("logging/setLevel", Json.object().put("level", "debug")).isResult();
    other.request("logging/setLevel", Json.object().put("level", "error")).isResult();
    assertTrue(logged(client).contains("quiet"));
    assertFalse(logged(other).contains("loud"));
  }

  private static String logged(McpTestClient client) {
    return client.call("log").hasText("done").notifications().toString();
  }

  @Test
  void cancelledCallIsNotAnswered() throws Exception {
    SessionClient client = session();
    CompletableFuture<HttpResponse<String>> call = later(client, SessionClient.call(7, "wait"));
    Waiting.await(started);
    assertEquals(202, session().post(SessionClient.cancelled(7)).statusCode()); // another's
    SessionClient outside = new SessionClient(http.uri());
    assertEquals(202, outside.post(SessionClient.cancelled(7)).statusCode());
    assertEquals(202, client.post(SessionClient.cancelled(8)).statusCode());
    assertEquals(202, client.post(SessionClient.cancelled(7)).statusCode());
    HttpResponse<String> answer = call.get();
    assertTrue(cancelled.get());
    assertEquals(200, answer.statusCode());
    assertEquals("text/event-stream", header(answer, "Content-Type"));
    assertEquals("", answer.body());
    assertEquals(200, client.post(PING).statusCode());
  }

  @Test
  void cancelledCallOfAClientWithoutStreamsIsAccepted() throws Exception {
    SessionClient client = session().header("Accept", "application/json");
    CompletableFuture<HttpResponse<String>> call = later(client, SessionClient.call(7, "wait"));
    Waiting.await(started);
    assertEquals(202, client.post(SessionClient.cancelled(7)).statusCode());
    assertEquals(202, call.get().statusCode());
  }

  @Test
  void callOfNoSessionIsNotCancelled() throws Exception {
    SessionClient client = session();
    CompletableFuture<HttpResponse<String>> call =
        later(new SessionClient(http.uri()), SessionClient.call(7, "wait"));
    Waiting.await(started);
    assertEquals(202, client.post(SessionClient.cancelled(7)).statusCode());
    release.countDown();
    assertEquals("done", HttpAnswer.text(HttpAnswer.parse(call.get().body())));
    assertFalse(cancelled.get());
  }

  @Test
  void elementOfABatchIsCancelledAlone() throws Exception {
    start(LegacySessions.DEFAULT);
    SessionClient client = SessionClient.initialized(http, "2025-03-26", "{}");
    String batch = "[" + SessionClient.call(7, "wait") + "," + PING + "]";
    CompletableFuture<HttpResponse<String>> call = later(client, batch);
    Waiting.await(started);
    assertEquals(202, client.post("[" + SessionClient.cancelled(7) + "]").statusCode());
    JsonNode answers = HttpAnswer.parse(call.get().body());
    assertEquals(1, answers.size(), answers::toString);
    assertEquals(1, answers.get(0).get("id").intValue());
    assertTrue(cancelled.get());
  }

  @Test
  void clientThatGoesAwayDoesNotCancel() throws Exception {
    start(builder().legacySessions(true).silence(Duration.ofMillis(20)));
    SessionClient client = SessionClient.initialized(http);
    try (RawClient raw = new RawClient(http.port())) {
      raw.send(HttpText.legacyCall(7, "wait", "{}").header("Mcp-Session-Id", client.id()));
      Waiting.await(started);
      raw.reset();
    }
    Thread.sleep(200); // several beats
    release.countDown();
    assertFalse(cancelled.get());
    assertEquals(200, client.post(PING).statusCode());
  }

  @Test
  void pagesMayUseEveryMethod() throws Exception {
    start(LegacySessions.DEFAULT);
    HttpAnswer preflight = RawClient.exchange(
        http.port(),
        HttpText.of("OPTIONS", "/mcp")
            .header("Origin", "http://localhost:3000")
            .header("Access-Control-Request-Method", "DELETE"));
    assertEquals(204, preflight.status());
    assertEquals("GET, POST, DELETE", preflight.header("access-control-allow-methods"));
    assertTrue(preflight.header("access-control-allow-headers").contains("Mcp-Session-Id"));
  }

  private static CompletableFuture<HttpResponse<String>> later(SessionClient client, String body) {
    return CompletableFuture.supplyAsync(() -> {
      try {
        return client.post(body);
      } catch (IOException | InterruptedException e) {
        throw new AssertionError(e);
      }
    });
  }
}
