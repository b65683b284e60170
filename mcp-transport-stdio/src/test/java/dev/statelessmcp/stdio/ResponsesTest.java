package dev.statelessmcp.stdio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.fixtures.ClientAnswer;
import dev.statelessmcp.input.Question;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.json.JsonLimits;
import dev.statelessmcp.testing.TestTools;
import dev.statelessmcp.testing.Waiting;
import dev.statelessmcp.tool.ToolResult;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a client answers to a question, well or badly, twice, late or never. */
class ResponsesTest {
  record Name(String name) {}

  private final McpServer server = TestTools.server(
      TestTools.echo(),
      TestTools.tool(
              "greet",
              (none, call) -> ToolResult.text("Hello "
                  + call.ask("who", Question.form("Your name?", Name.class)).name()))
          .asks(QuestionKind.FORM));

  static List<ClientAnswer> answers() {
    return ClientAnswer.all();
  }

  private static StdioClient initialized(StdioTransport transport, String version)
      throws Exception {
    StdioClient client = StdioClient.of(transport);
    client.send(Messages.initialize("0", version)
        .replace("\"capabilities\":{}", "\"capabilities\":{\"elicitation\":{}}"));
    assertTrue(client.receive().has("result"));
    return client;
  }

  private static JsonNode ask(StdioClient client, String id) throws Exception {
    client.send(Messages.legacyCall(id, "greet", "{}"));
    JsonNode question = client.receive();
    assertEquals("elicitation/create", question.path("method").textValue(), question::toString);
    return question;
  }

  private static String taken(JsonNode id) {
    return "{\"jsonrpc\":\"2.0\",\"id\":" + id
        + ",\"result\":{\"action\":\"accept\",\"content\":{\"name\":\"Ann\"}}}";
  }

  @ParameterizedTest
  @MethodSource("answers")
  void answerIsTakenOrEndsTheCall(ClientAnswer answer) throws Exception {
    try (StdioClient client = initialized(StdioTransport.of(server), "2025-11-25")) {
      JsonNode question = ask(client, "1");
      client.send(answer.to(question.get("id").toString()));
      JsonNode result = client.receive();
      assertEquals(1, result.path("id").intValue(), result::toString);
      if (answer.problem() == null) {
        assertEquals("Hello Ann", Messages.text(result));
      } else {
        assertTrue(result.at("/result/isError").booleanValue(), result::toString);
        assertTrue(answer.isReportedBy(Messages.text(result)), result::toString);
      }
      assertEquals(List.of(), client.rest());
    }
  }

  @Test
  void answerThatIsTooLongEndsTheCall() throws Exception {
    for (int maxBytes : new int[] {2000, 100_000}) { // shorter and longer than a buffer
      StdioTransport transport =
          StdioTransport.of(server).limits(new JsonLimits(maxBytes, 100, maxBytes));
      try (StdioClient client = initialized(transport, "2025-11-25")) {
        JsonNode question = ask(client, "1");
        client.send(taken(question.get("id")).replace("Ann", "x".repeat(maxBytes)));
        String error = Messages.text(client.receive());
        assertTrue(error.contains("longer than " + maxBytes + " bytes"), error);
        JsonNode next = ask(client, "2");
        for (String open : List.of("\"method\":\"ping\"", "\"result\":null")) { // not its answer
          client.send("{" + open + ",\"x\":\"" + "x".repeat(maxBytes) + "\",\"id\":\"server-9\"}");
        }
        client.send("{\"result\":{\"x\":\"" + "x".repeat(3 * maxBytes)
            + "\",\"id\":\"x\"},\"jsonrpc\":\"2.0\",\"id\":" + next.get("id") + "}"); // last
        for (int refused = 0; refused < 2; refused++) {
          assertTrue(client.receive().at("/error/message").textValue().contains("longer than"));
        }
        error = Messages.text(client.receive());
        assertTrue(error.contains("longer than " + maxBytes + " bytes"), error);
        client.send(Messages.ping("3"));
        assertEquals(3, client.receive().get("id").intValue());
        assertEquals(List.of(), client.rest());
      }
    }
  }

  @Test
  void answerComesInABatch() throws Exception {
    try (StdioClient client = initialized(StdioTransport.of(server), "2025-03-26")) {
      JsonNode question = ask(client, "1");
      client.send("[" + taken(question.get("id")) + "]");
      assertEquals("Hello Ann", Messages.text(client.receive()));
      question = ask(client, "2");
      client.send("[{\"jsonrpc\":\"2.0\",\"id\":" + question.get("id") + ",\"result\":null},"
          + Messages.ping("3") + "]");
      Map<String, JsonNode> answers = client.receiveById(2);
      assertTrue(Messages.text(answers.get("2")).contains("must be an object"), answers::toString);
      assertEquals(1, answers.get("").size(), answers::toString); // the batch: ping alone
      assertEquals(List.of(), client.rest());
    }
  }

  @Test
  void answersToNothingAndSecondAnswersAreIgnored() throws Exception {
    try (StdioClient client = initialized(StdioTransport.of(server), "2025-11-25")) {
      JsonNode question = ask(client, "1");
      client.send(
          taken(Messages.parse("\"server-99\"")),
          taken(Messages.parse("1")),
          "{\"jsonrpc\":\"2.0\",\"id\":\"server-99\",\"result\":null}",
          "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32700,\"message\":\"m\"}}",
          "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32700}}");
      client.send(taken(question.get("id")), taken(question.get("id")).replace("Ann", "Eve"));
      assertEquals("Hello Ann", Messages.text(client.receive()));
      JsonNode next = ask(client, "2");
      assertNotEquals(question.get("id"), next.get("id"));
      client.send("{\"jsonrpc\":\"2.0\",\"id\":" + question.get("id") + ",\"result\":null}");
      client.send(taken(next.get("id")));
      assertEquals("Hello Ann", Messages.text(client.receive()));
      assertEquals(List.of(), client.rest());
    }
  }

  /** The ids of the client are its own: one that is the same as ours is no answer. */
  @Test
  void malformedRequestWithTheIdOfAQuestionIsNoAnswer() throws Exception {
    try (StdioClient client = initialized(StdioTransport.of(server), "2025-11-25")) {
      JsonNode question = ask(client, "1");
      client.send("{\"jsonrpc\":\"2.0\",\"id\":" + question.get("id")
          + ",\"method\":\"ping\",\"params\":5}");
      JsonNode refusal = client.receive();
      assertEquals(-32602, refusal.at("/error/code").intValue(), refusal::toString);
      assertEquals(question.get("id"), refusal.get("id"));
      client.send(taken(question.get("id")));
      assertEquals("Hello Ann", Messages.text(client.receive()));
    }
  }

  @Test
  void clientThatDoesNotAnswerIsToldThatTheQuestionIsCancelled() throws Exception {
    StdioTransport transport = StdioTransport.of(server).questionTimeout(Duration.ofMillis(50));
    try (StdioClient client = initialized(transport, "2025-11-25")) {
      JsonNode question = ask(client, "1");
      JsonNode cancelled = client.receive();
      assertEquals("notifications/cancelled", cancelled.path("method").textValue());
      assertEquals(question.get("id"), cancelled.at("/params/requestId"));
      assertFalse(cancelled.at("/params/reason").asText().isEmpty());
      JsonNode result = client.receive();
      assertTrue(result.at("/result/isError").booleanValue(), result::toString);
      assertTrue(Messages.text(result).contains("questionTimeout"), result::toString);
      client.send(taken(question.get("id"))); // late
      client.send(Messages.ping("2"));
      assertEquals(2, client.receive().get("id").intValue());
      assertEquals(List.of(), client.rest());
    }
  }

  /** The answer stands behind more calls than the server reads ahead. */
  @Test
  void answerBehindManyCallsIsReached() throws Exception {
    StdioTransport transport = StdioTransport.of(server).maxConcurrentCalls(1);
    try (StdioClient client = initialized(transport, "2025-11-25")) {
      JsonNode question = ask(client, "1");
      int calls = 3000;
      String[] lines = new String[calls + 1];
      for (int i = 0; i < calls; i++) {
        lines[i] = Messages.legacyCall("\"c" + i + "\"", "echo", "{\"text\":\"x\"}");
      }
      lines[calls] = taken(question.get("id"));
      client.send(lines);
      Map<String, JsonNode> answers = client.receiveById(calls + 1);
      assertEquals("Hello Ann", Messages.text(answers.get("1")));
      assertEquals("x", Messages.text(answers.get("c2999")));
    }
  }

  /** It has released its place and waits for another when it is cancelled. */
  @Test
  void callThatIsCancelledAfterItsAnswerStopsNoOther() throws Exception {
    for (int i = 0; i < 50; i++) {
      CountDownLatch started = new CountDownLatch(1);
      CountDownLatch release = new CountDownLatch(1);
      McpServer both = TestTools.server(
          TestTools.echo(),
          TestTools.tool(
                  "greet",
                  (none, call) -> ToolResult.text("Hello "
                      + call.ask("who", Question.form("Your name?", Name.class)).name()))
              .asks(QuestionKind.FORM),
          TestTools.tool("wait", (none, call) -> {
            started.countDown();
            Waiting.await(release);
            return ToolResult.text("done");
          }));
      StdioTransport transport = StdioTransport.of(both).maxConcurrentCalls(1);
      try (StdioClient client = initialized(transport, "2025-11-25")) {
        JsonNode question = ask(client, "1");
        client.send(
            Messages.legacyCall("2", "wait", "{}"),
            Messages.legacyCall("3", "echo", "{\"text\":\"served\"}"));
        Waiting.await(started);
        client.send(taken(question.get("id")), Messages.cancelled("1"));
        release.countDown();
        Map<String, JsonNode> answers = new HashMap<>();
        while (answers.size() < 2) {
          JsonNode answer = client.receive();
          // The first call may have been answered before, or its question is withdrawn
          if (answer.path("id").asInt(1) != 1) {
            answers.put(answer.get("id").toString(), answer);
          }
        }
        assertEquals("done", Messages.text(answers.get("2")));
        assertEquals("served", Messages.text(answers.get("3")));
      }
    }
  }

  /** More questions than places: their answers come behind all calls. */
  @Test
  void manyCallsThatAskGetTheirAnswers() throws Exception {
    StdioTransport transport = StdioTransport.of(server).maxConcurrentCalls(8);
    try (StdioClient client = initialized(transport, "2025-11-25")) {
      for (int i = 0; i < 8; i++) {
        client.send(Messages.legacyCall("" + (i + 1), "greet", "{}"));
      }
      JsonNode[] questions = new JsonNode[8];
      for (int i = 0; i < 8; i++) {
        questions[i] = client.receive();
      }
      client.send(Messages.legacyCall("\"free\"", "echo", "{\"text\":\"a place is free\"}"));
      assertEquals("a place is free", Messages.text(client.receive()));
      client.send(Messages.legacyCall("\"ninth\"", "greet", "{}"));
      JsonNode ninth = client.receive();
      assertTrue(Messages.text(ninth).contains("maxConcurrentCalls"), ninth::toString);
      for (JsonNode question : questions) {
        client.send(taken(question.get("id")));
      }
      Map<String, JsonNode> answers = client.receiveById(8);
      for (JsonNode answer : answers.values()) {
        assertEquals("Hello Ann", Messages.text(answer));
      }
    }
  }
}
