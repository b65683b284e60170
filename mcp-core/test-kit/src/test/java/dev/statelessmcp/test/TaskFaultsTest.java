package dev.statelessmcp.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a task of a client does with the answers of a server, right and wrong. */
class TaskFaultsTest {
  private static final String TASK = "'taskId':'a','createdAt':'2026-01-01T00:00:00Z',"
      + "'lastUpdatedAt':'2026-01-01T00:00:00Z','ttlMs':null,'pollIntervalMs':1";
  private static final String CREATED = "{'resultType':'task','status':'working'," + TASK + "}";
  private static final String ASKS = "{'mode':'form','message':'Name?','requestedSchema':"
      + "{'type':'object','properties':{'name':{'type':'string'}}}}";

  private final List<JsonNode> sent = new ArrayList<>();

  private static String task(String status, String more) {
    return "{'resultType':'complete','status':'" + status + "'," + TASK + more + "}";
  }

  private static String asking(String key, String params) {
    return task(
        "input_required",
        ",'inputRequests':{'" + key + "':{'method':'elicitation/create','params':" + params + "}}");
  }

  private static String completed(String text) {
    return task(
        "completed",
        ",'result':{'resultType':'complete','content':[{'type':'text','text':'" + text + "'}]}");
  }

  /** A client of a server that answers the first request with the first result, and so on. */
  private McpTestClient client(String... results) {
    return McpTestClient.of((TestTransport) incoming -> new TestTransport.Connection() {
      @Override
      public void send(TestTransport.Outgoing message, TestTransport.Receiver receiver) {
        String result = results[Math.min(sent.size(), results.length - 1)];
        sent.add(message.message());
        receiver.sent();
        ObjectNode answer = Json.object().put("jsonrpc", "2.0");
        answer.set("id", message.message().get("id"));
        receiver.received(answer.set("result", Json.parse(result.replace('\'', '"'))));
      }

      @Override
      public void close() {}
    });
  }

  private static void assertFails(Runnable work, String part) {
    String message = assertThrows(AssertionError.class, work::run).getMessage();
    assertTrue(message.contains(part), message);
  }

  @Test
  void answerIsTheResultOfTheTool() {
    client(CREATED, task("working", ""), completed("done"))
        .startTask("t", Map.of("a", 1))
        .answer()
        .hasText("done");
    assertEquals(1, sent.get(0).at("/params/arguments/a").intValue());
    for (JsonNode each : sent) {
      assertTrue(
          each.at("/params/_meta/io.modelcontextprotocol~1clientCapabilities/extensions")
              .has("io.modelcontextprotocol/tasks"),
          each::toString);
      assertTrue(
          each.at("/params/_meta/io.modelcontextprotocol~1clientCapabilities").has("elicitation"),
          each::toString);
    }
    assertEquals("tasks/get", sent.get(2).path("method").textValue());
    assertEquals("a", sent.get(2).at("/params/taskId").textValue());
  }

  @Test
  void questionIsAnsweredOnceAlsoIfItIsShownAgain() {
    client(
            CREATED,
            asking("name.1", ASKS),
            "{'resultType':'complete'}",
            asking("name.1", ASKS),
            completed("Hello Ann"))
        .answers("name", UserAnswer.form(Map.of("name", "Ann")))
        .startTask("t")
        .answer()
        .hasAsked("Name?")
        .hasText("Hello Ann");
    assertEquals("tasks/update", sent.get(2).path("method").textValue());
    assertEquals(
        "Ann", sent.get(2).at("/params/inputResponses/name.1/content/name").textValue());
  }

  @Test
  void errorOfTheToolIsItsAnswer() {
    client(CREATED, task("failed", ",'error':{'code':-32602,'message':'a is required'}"))
        .startTask("t")
        .answer()
        .hasError(-32602, "a is required");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
      {'resultType':'complete','content':[]} | result.resultType must be "task", was "complete"
      {'resultType':'task','status':'working'} | task.taskId is required (CreateTaskResult)
      {'resultType':'task','status':'done'} | task.status must be one of
      """)
  void unknownTaskFailsTheStart(String created, String problem) {
    assertFails(() -> client(created).startTask("t"), problem);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
      completed |                                              | task.result is required (CompletedTask)
      completed | ,'result':{'resultType':'complete'}          | result.content is required (CallToolResult)
      failed    | ,'error':{'code':'a','message':'m'}          | task.error.code must be an integer
      failed    |                                              | task.error is required (FailedTask)
      input_required |                                         | task.inputRequests is required
      input_required | ,'inputRequests':{'k':{'method':'a/b'}} | task.inputRequests.k.method must be "sampling
      cancelled |                                              | the task was cancelled
      paused    |                                              | task.status must be one of
      """)
  void brokenRulesFailTheWait(String status, String more, String problem) {
    TestTask task = client(CREATED, task(status, more == null ? "" : more)).startTask("t");
    assertFails(task::answer, problem);
  }

  @Test
  void anotherTaskFailsTheWait() {
    TestTask task = client(CREATED, completed("x").replace("'a'", "'b'")).startTask("t");
    assertFails(task::answer, "result.taskId must be \"a\", was \"b\"");
  }

  @ParameterizedTest
  @CsvSource({"createdAt, must not change: it was", "status, must not change when it has ended"})
  void changedConstantMembersFailTheWait(String member, String problem) {
    String changed = member.equals("createdAt")
        ? task("working", "").replace("'createdAt':'2026", "'createdAt':'2027")
        : task("working", "");
    String before = member.equals("createdAt") ? changed.replace("2027", "2026") : completed("x");
    TestTask task = client(CREATED, before, changed).startTask("t");
    task.get();
    assertFails(task::get, "The " + member + " of a task " + problem);
  }

  @Test
  void taskOfACallThatDoesNotDeclareTheExtensionIsAFault() {
    assertFails(() -> client(CREATED).call("t").isResult(), "did not declare the extension");
  }

  @Test
  void taskIsNotTheResultOfAnotherRequest() {
    McpTestClient client = client(CREATED).extension(TestTask.EXTENSION);
    assertFails(
        () -> client.request("prompts/get", Json.object().put("name", "p")),
        "only a tools/call becomes a task");
  }

  @Test
  void keyThatIsUsedAgainFailsTheWait() {
    TestTask task = client(
            CREATED,
            asking("k", ASKS),
            "{'resultType':'complete'}",
            asking("k", ASKS.replace("Name?", "Age?")))
        .answers("k", UserAnswer.decline())
        .startTask("t");
    assertFails(task::answer, "The server used the key k for another question");
  }

  @Test
  void questionWithoutAnAnswerFailsTheWait() {
    TestTask task = client(CREATED, asking("k", ASKS)).startTask("t");
    assertFails(task::answer, "the script has no answer (left): \"k\"");
  }

  @Test
  void taskThatDoesNotEndFailsTheWait() {
    TestTask task =
        client(CREATED, task("working", "")).timeout(Duration.ofSeconds(1)).startTask("t");
    assertFails(task::answer, "the task did not end within PT1S");
    assertFails(() -> task.await("completed"), "the task did not become completed within PT1S");
  }

  @Test
  void taskThatEndsOtherwiseFailsTheWait() {
    TestTask task = client(CREATED, completed("x")).startTask("t");
    assertFails(() -> task.await("cancelled"), "result.status must be \"cancelled\"");
  }

  @Test
  void legacyClientsHaveNoTasks() {
    McpTestClient legacy = client(CREATED).legacy();
    assertThrows(IllegalStateException.class, () -> legacy.startTask("t"));
    assertThrows(IllegalStateException.class, () -> legacy.task("a"));
  }
}
