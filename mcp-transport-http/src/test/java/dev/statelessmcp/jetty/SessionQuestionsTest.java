package dev.statelessmcp.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.fixtures.ClientAnswer;
import dev.statelessmcp.http.LegacySessions;
import dev.statelessmcp.input.Question;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.json.JsonLimits;
import dev.statelessmcp.test.AskedQuestion;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.test.TestAnswer;
import dev.statelessmcp.test.UserAnswer;
import dev.statelessmcp.testing.TestTools;
import dev.statelessmcp.tool.ToolResult;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a call of a legacy session asks its client, and how the answer comes back. */
@Timeout(60)
class SessionQuestionsTest {
  private static final String ANN = "{\"action\":\"accept\",\"content\":{\"name\":\"Ann\"}}";
  private static final Duration SHORT = Duration.ofMillis(20);
  private static final int TOO_MANY_BYTES = JsonLimits.DEFAULT.maxBytes();

  record Name(String name) {}

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-08-01T00:00:00Z"));
  private final CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
  private McpHttpServer http;

  private final McpServer server = McpServer.named("test", "1")
      .tool(TestTools.tool("greet", (none, call) -> {
            try {
              Name name = call.ask("who", Question.form("Your name?", Name.class));
              return ToolResult.text("Hello " + name.name());
            } finally {
              cancelled.complete(call.cancellation().isCancelled());
            }
          })
          .asks(QuestionKind.FORM))
      .tool(TestTools.tool(
              "twice",
              (none, call) -> ToolResult.text(
                  call.ask("first", Question.form("First?", Name.class)).name() + " "
                      + call.ask("last", Question.form("Last?", Name.class)).name()))
          .asks(QuestionKind.FORM))
      .tool(TestTools.tool(
              "think",
              (none, call) ->
                  ToolResult.text(call.ask("it", Question.sampling("Think", 10)).text()))
          .asks(QuestionKind.SAMPLING))
      .tool(TestTools.tool(
              "maybe", (none, call) -> ToolResult.text("" + call.canAsk(QuestionKind.FORM)))
          .mayAsk(QuestionKind.FORM))
      .build();

  private void start(LegacySessions settings, Duration silence) throws IOException {
    start(settings, silence, Duration.ZERO);
  }

  private void start(LegacySessions settings, Duration silence, Duration stopTimeout)
      throws IOException {
    http = McpHttpServer.builder(server)
        .port(0)
        .silence(silence)
        .stopTimeout(stopTimeout)
        .legacySessions(settings.withClock(now::get))
        .start();
  }

  private SessionClient session() throws Exception {
    if (http == null) {
      start(LegacySessions.DEFAULT, Duration.ofDays(1));
    }
    return SessionClient.initialized(http);
  }

  /** The test kit, where the messages themselves are not the matter. */
  private McpTestClient client() throws Exception {
    if (http == null) {
      start(LegacySessions.DEFAULT, Duration.ofDays(1));
    }
    return McpTestClient.http(http.uri()).legacy();
  }

  @AfterEach
  void stop() {
    http.close();
  }

  private static void answer(SessionClient client, JsonNode question, String result)
      throws Exception {
    HttpResponse<String> answer = client.post(SessionClient.result(question.get("id"), result));
    assertEquals(202, answer.statusCode(), answer::body);
    assertEquals("", answer.body());
  }

  /** The text of the tool's error that a message must be. */
  private static String error(JsonNode message) {
    assertTrue(message.at("/result/isError").booleanValue(), message::toString);
    return HttpAnswer.text(message);
  }

  @Test
  void formIsFilledInInTheMiddleOfACall() throws Exception {
    TestAnswer answer = client().answers("who", new Name("Ann")).call("greet");
    answer.hasText("Hello Ann").hasAsked("Your name?");
    AskedQuestion question = answer.asked().get(0);
    assertEquals("elicitation/create", question.method());
    assertEquals(
        "string", question.params().at("/requestedSchema/properties/name/type").textValue());
  }

  @Test
  void questionsInSequenceHaveDifferentIds() throws Exception {
    SessionClient client = session();
    try (SessionClient.Events events = client.stream(SessionClient.call(1, "twice"))) {
      JsonNode first = events.next("elicitation/create");
      answer(client, first, ANN);
      JsonNode last = events.next("elicitation/create");
      assertNotEquals(first.get("id"), last.get("id"));
      answer(client, first, ANN.replace("Ann", "Eve")); // once more: the question is answered
      answer(client, last, ANN.replace("Ann", "Lee"));
      assertEquals("Ann Lee", HttpAnswer.text(events.next()));
    }
  }

  @Test
  void modelOfTheClientIsAsked() throws Exception {
    TestAnswer answer = client().answers("it", UserAnswer.sampled("thought")).call("think");
    assertEquals(
        "sampling/createMessage", answer.hasText("thought").asked().get(0).method());
  }

  @Test
  void parallelCallsOfASessionEachGetTheirAnswer() throws Exception {
    SessionClient client = session();
    try (SessionClient.Events one = client.stream(SessionClient.call(1, "greet"));
        SessionClient.Events two = client.stream(SessionClient.call(2, "greet"))) {
      JsonNode first = one.next("elicitation/create");
      JsonNode second = two.next("elicitation/create");
      assertNotEquals(first.get("id"), second.get("id"));
      answer(client, second, ANN.replace("Ann", "Two"));
      assertEquals("Hello Two", HttpAnswer.text(two.next()));
      answer(client, first, ANN.replace("Ann", "One"));
      assertEquals("Hello One", HttpAnswer.text(one.next()));
    }
  }

  @Test
  void answerOfAnotherSessionIsNotTaken() throws Exception {
    SessionClient client = session();
    SessionClient other = session();
    try (SessionClient.Events events = client.stream(SessionClient.call(1, "greet"))) {
      JsonNode question = events.next("elicitation/create");
      answer(other, question, ANN.replace("Ann", "Mallory"));
      answer(new SessionClient(http.uri()), question, ANN.replace("Ann", "Mallory"));
      answer(client, question, ANN);
      assertEquals("Hello Ann", HttpAnswer.text(events.next()));
    }
  }

  @Test
  void clientThatFailsToAnswerIsNotAskedAgain() throws Exception {
    client()
        .answers("who", UserAnswer.error(-32603, "no screen"))
        .call("greet")
        .hasToolError("The client could not answer: no screen")
        .hasAsked("Your name?");
  }

  static List<ClientAnswer> answers() {
    return ClientAnswer.all();
  }

  @ParameterizedTest
  @MethodSource("answers")
  void answerIsTakenOrEndsTheCall(ClientAnswer answer) throws Exception {
    SessionClient client = session();
    try (SessionClient.Events events = client.stream(SessionClient.call(1, "greet"))) {
      JsonNode question = events.next("elicitation/create");
      HttpResponse<String> reply = client.post(answer.to(question.get("id").toString()));
      assertEquals(answer.accepted() ? 202 : 400, reply.statusCode(), reply::body);
      assertFalse(reply.body().contains("\"id\""), reply::body); // it is no answer to a request
      JsonNode result = events.next();
      if (answer.problem() == null) {
        assertEquals("Hello Ann", HttpAnswer.text(result));
      } else {
        assertTrue(answer.isReportedBy(error(result)), result::toString);
      }
      assertNull(events.next());
    }
  }

  /** Whether the id comes first, as most clients write it, or last, as the TypeScript SDK does. */
  @ParameterizedTest
  @ValueSource(strings = {"{\"id\":%1$s,\"result\":%2$s}", "{\"result\":%2$s,\"id\":%1$s}"})
  void answerThatIsTooLargeEndsTheCall(String form) throws Exception {
    start(LegacySessions.DEFAULT, Duration.ofDays(1));
    SessionClient client = session();
    SessionClient other = session();
    String large = "{\"id\":\"server-0\",\"x\":\"" + "x".repeat(TOO_MANY_BYTES) + "\"}";
    for (boolean chunked : new boolean[] {false, true}) {
      try (SessionClient.Events events = client.stream(SessionClient.call(1, "greet"))) {
        String id = events.next("elicitation/create").get("id").toString();
        HttpText answer = HttpText.post(form.formatted(id, large));
        HttpText call =
            HttpText.post("{\"id\":" + id + ",\"params\":" + large + ",\"method\":\"ping\"}");
        assertEquals(
            413, post(answer, chunked, other.id()).status()); // not an answer to a question
        assertEquals(413, post(call, chunked, client.id()).status()); // no answer
        assertEquals(413, post(answer, chunked, client.id()).status());
        String error = error(events.next());
        assertTrue(error.contains("refused with status 413"), error);
        assertNull(events.next());
      }
    }
  }

  private HttpAnswer post(HttpText message, boolean chunked, String session) throws IOException {
    message.header("Mcp-Session-Id", session);
    return RawClient.exchange(http.port(), chunked ? message.inChunks() : message);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
          Content-Type         | text/plain | 415
          Accept               | text/html  | 406
          MCP-Protocol-Version | 2020-01-01 | 400
          """)
  void answerThatIsRefusedForItsHeadersEndsTheCall(String header, String value, int status)
      throws Exception {
    start(LegacySessions.DEFAULT, Duration.ofDays(1));
    SessionClient client = session();
    for (String name : List.of("Ann", "x".repeat(200_000))) { // as large as content is asked for
      try (SessionClient.Events events = client.stream(SessionClient.call(1, "greet"))) {
        JsonNode id = events.next("elicitation/create").get("id");
        HttpText answer = HttpText.post(SessionClient.result(id, ANN.replace("Ann", name)))
            .header(header, value)
            .header("Mcp-Session-Id", client.id());
        assertEquals(status, RawClient.exchange(http.port(), answer).status());
        String error = error(events.next());
        assertTrue(error.contains("refused with status " + status), error);
        assertTrue(error.contains(header), error);
      }
    }
  }

  /** The client is told which encodings there are, and can send it again. */
  @Test
  void compressedAnswerCanBeSentAgain() throws Exception {
    SessionClient client = session();
    try (SessionClient.Events events = client.stream(SessionClient.call(1, "greet"))) {
      JsonNode question = events.next("elicitation/create");
      HttpText compressed = HttpText.post("\u001f\b\0\0")
          .header("Content-Encoding", "gzip")
          .header("Mcp-Session-Id", client.id());
      assertEquals(415, RawClient.exchange(http.port(), compressed).status());
      answer(client, question, ANN);
      assertEquals("Hello Ann", HttpAnswer.text(events.next()));
    }
  }

  @Test
  void malformedAnswerComesInABatch() throws Exception {
    start(LegacySessions.DEFAULT, Duration.ofDays(1));
    SessionClient client = SessionClient.initialized(http, "2025-03-26", "{\"elicitation\":{}}");
    try (SessionClient.Events events = client.stream(SessionClient.call(1, "greet"))) {
      JsonNode question = events.next("elicitation/create");
      HttpResponse<String> reply =
          client.post("[{\"jsonrpc\":\"2.0\",\"id\":" + question.get("id") + ",\"result\":null}]");
      assertEquals(202, reply.statusCode(), reply::body);
      assertEquals("", reply.body());
      assertTrue(error(events.next()).contains("must be an object"));
    }
  }

  @Test
  void malformedAnswerOfAnotherSessionIsNotTaken() throws Exception {
    SessionClient client = session();
    SessionClient other = session();
    try (SessionClient.Events events = client.stream(SessionClient.call(1, "greet"))) {
      JsonNode question = events.next("elicitation/create");
      String bad = "{\"jsonrpc\":\"2.0\",\"id\":" + question.get("id") + ",\"result\":null}";
      assertEquals(400, other.post(bad).statusCode());
      assertEquals(400, new SessionClient(http.uri()).post(bad).statusCode());
      answer(client, question, ANN);
      assertEquals("Hello Ann", HttpAnswer.text(events.next()));
    }
  }

  /** Also if nothing is written to the stream, so that no write checks the session's time. */
  @Test
  void questionHasATimeLimit() throws Exception {
    start(LegacySessions.DEFAULT.withIdleExpiry(Duration.ofSeconds(1)), Duration.ofDays(1));
    TestAnswer answer =
        client().answers("who", UserAnswer.none()).call("greet").hasToolError("idleExpiry");
    assertEquals(1, answer.notifications().size()); // for the question that was asked
    assertEquals(
        "notifications/cancelled", answer.notifications().get(0).path("method").textValue());
  }

  @Test
  void clientIsNotAskedWhatItDoesNotAnswer() throws Exception {
    McpTestClient client = client().can(QuestionKind.SAMPLING);
    client.call("greet").hasToolError().hasAsked();
    client.call("maybe").hasText("false");
  }

  @Test
  void clientIsAskedOnlyWhereItTakesAStream() throws Exception {
    McpTestClient client = client();
    client.call("maybe").hasText("true");
    McpTestClient without = client.header("Accept", "application/json"); // in the same session
    without.call("maybe").hasText("false");
    without.call("greet").hasToolError().hasAsked();
  }

  @Test
  void questionsNeedASession() throws Exception {
    session();
    error(new SessionClient(http.uri()).ask(SessionClient.call(1, "greet")));
  }

  @Test
  void callIsCancelledWhileItAsks() throws Exception {
    SessionClient client = session();
    try (SessionClient.Events events = client.stream(SessionClient.call(1, "greet"))) {
      JsonNode question = events.next("elicitation/create");
      client.post(SessionClient.cancelled(1));
      JsonNode withdrawn = events.next("notifications/cancelled");
      assertEquals(question.get("id"), withdrawn.at("/params/requestId"));
      assertNull(events.next());
      assertTrue(cancelled.get());
      answer(client, question, ANN); // too late, which is not an error
    }
  }

  @Test
  void sessionEndsWhileItAsks() throws Exception {
    SessionClient client = session();
    try (SessionClient.Events events = client.stream(SessionClient.call(1, "greet"))) {
      JsonNode question = events.next("elicitation/create");
      assertEquals(204, client.send("DELETE", null).statusCode());
      for (JsonNode more = events.next(); more != null; more = events.next()) {
        assertEquals("notifications/cancelled", more.path("method").textValue());
      }
      assertEquals(
          404, client.post(SessionClient.result(question.get("id"), ANN)).statusCode());
    }
  }

  @Test
  void questionIsWithdrawnWhenNoAnswerComesInTime() throws Exception {
    start(LegacySessions.DEFAULT.withIdleExpiry(Duration.ofMinutes(2)), SHORT);
    SessionClient client = session();
    try (SessionClient.Events events = client.stream(SessionClient.call(1, "greet"))) {
      JsonNode question = events.next("elicitation/create");
      events.line(); // the end of the event
      assertEquals(":", events.line()); // the stream is kept open
      now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(3)));
      JsonNode withdrawn = events.next("notifications/cancelled");
      assertEquals(question.get("id"), withdrawn.at("/params/requestId"));
      assertEquals(
          "The client could not answer: no answer came within PT2M; the setting is idleExpiry",
          error(events.next()));
    }
  }

  @Test
  void clientThatWentAwayIsNotWaitedForAndCancelsNothing() throws Exception {
    start(LegacySessions.DEFAULT, SHORT);
    String id = session().id();
    try (RawClient raw = new RawClient(http.port())) {
      raw.send(HttpText.legacyCall(1, "greet", "{}").header("Mcp-Session-Id", id));
      assertEquals(200, raw.receiveHead().status());
      raw.reset();
    }
    assertEquals(false, cancelled.get()); // the handler has ended, and not by a cancellation
  }

  @Test
  void questionsAreLimited() throws Exception {
    start(LegacySessions.DEFAULT.withMaxQuestions(1), Duration.ofDays(1));
    SessionClient client = session();
    try (SessionClient.Events events = client.stream(SessionClient.call(1, "greet"))) {
      JsonNode question = events.next("elicitation/create");
      String refused = error(client.ask(SessionClient.call(2, "greet")));
      assertTrue(refused.contains("maxQuestions"), refused);
      answer(client, question, ANN);
      assertEquals("Hello Ann", HttpAnswer.text(events.next()));
    }
    try (SessionClient.Events events = client.stream(SessionClient.call(3, "greet"))) {
      events.next("elicitation/create");
    }
  }

  @Test
  void serverThatStopsWaitsForNoAnswer() throws Exception {
    start(LegacySessions.DEFAULT, Duration.ofDays(1), Duration.ofSeconds(20));
    SessionClient client = session();
    try (SessionClient.Events events = client.stream(SessionClient.call(1, "greet"))) {
      events.next("elicitation/create");
      http.close();
      assertEquals(
          "The client could not answer: the server is about to stop", error(events.next()));
      assertNull(events.next());
    }
  }

  @Test
  void callOfABatchAsksAndIsAnsweredByABatch() throws Exception {
    session();
    SessionClient client = SessionClient.initialized(http, "2025-03-26", SessionClient.CAPABLE);
    String batch = "[" + SessionClient.call(1, "greet") + ","
        + SessionClient.notification("notifications/roots/list_changed", "{}") + "]";
    try (SessionClient.Events events = client.stream(batch)) {
      JsonNode question = events.next("elicitation/create");
      HttpResponse<String> answered =
          client.post("[" + SessionClient.result(question.get("id"), ANN) + ",17]");
      assertEquals(200, answered.statusCode()); // for the 17, which is no message
      JsonNode answers = events.next();
      assertEquals("Hello Ann", HttpAnswer.text(answers.get(0)));
      assertNull(events.next());
    }
  }
}
