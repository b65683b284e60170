package dev.statelessmcp.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.input.DeclinedException;
import dev.statelessmcp.input.Question;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.input.Questions;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.schema.Length;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.test.TestAnswer;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolHandler;
import dev.statelessmcp.tool.ToolResult;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A task that asks its client. */
class QuestionsTest {
  record Nothing() {}

  record Name(@Length(min = 2) String name) {}

  private final QueueExecutor executor = new QueueExecutor(false);
  private final Tasks tasks = Tasks.of(TaskStore.inMemory(), executor);
  private final AtomicInteger runs = new AtomicInteger();

  private TaskClient client(ToolHandler<Nothing, ToolResult> handler) {
    Tool tool = Tool.of("work", "Works", Nothing.class, (nothing, call) -> {
          runs.incrementAndGet();
          return handler.handle(nothing, call);
        })
        .mayAsk(QuestionKind.FORM, QuestionKind.URL)
        .apply(TaskPolicy.required());
    return new TaskClient(McpTestClient.of(tasks.build(McpServer.named("t", "1").tool(tool))));
  }

  private TaskClient greeter() {
    return client((nothing, call) -> ToolResult.text(
        "Hello " + call.ask("name", Question.form("Your name?", Name.class)).name()));
  }

  @Test
  void aQuestionParksTheTask() throws Exception {
    TaskClient client = greeter();
    String id = client.create("work");
    executor.run(tasks);
    TestAnswer parked = client.get(id).has("/status", "input_required");
    String key = client.onlyKey(id);
    JsonNode request = parked.at("/inputRequests").get(key);
    assertEquals("elicitation/create", request.path("method").asText());
    assertEquals("Your name?", request.at("/params/message").asText());
    assertEquals(parked.at("/inputRequests"), client.get(id).at("/inputRequests"));
    executor.run(tasks); // nothing waits, nothing runs
    assertEquals(1, runs.get());
    tasks.run(id); // as a second delivery would
    assertEquals(1, runs.get());

    client.answerOnly(id, Map.of("name", "Ann"));
    client.get(id).has("/status", "working");
    executor.run(tasks);
    client.get(id).has("/status", "completed").has("/result/content/0/text", "Hello Ann");
    assertEquals(2, runs.get());
  }

  @Test
  void anUpdateIsAcknowledgedWithNothing() throws Exception {
    TaskClient client = greeter();
    String id = client.create("work");
    executor.run(tasks);
    ObjectNode responses = Json.object();
    responses.set(client.onlyKey(id), TaskClient.accept(Map.of("name", "Ann")));
    ObjectNode acknowledged =
        client.update(id, responses).has("/resultType", "complete").result();
    assertEquals(2, acknowledged.size(), () -> Json.text(acknowledged)); // with _meta
  }

  @Test
  void answersToOtherKeysAreIgnored() throws Exception {
    TaskClient client = greeter();
    String id = client.create("work");
    ObjectNode responses = Json.object();
    responses.putObject("unknown").put("action", "accept");
    responses.putObject("name").put("action", "accept");
    client.update(id, responses).isResult(); // nothing is asked yet
    executor.run(tasks);
    client.update(id, responses).has("/resultType", "complete");
    client.get(id).has("/status", "input_required");
    String key = client.onlyKey(id);
    client.answerOnly(id, Map.of("name", "Ann"));
    executor.run(tasks);
    ObjectNode late = Json.object();
    late.set(key, TaskClient.accept(Map.of("name", "Bob")));
    client.update(id, late).isResult();
    client.get(id).has("/result/content/0/text", "Hello Ann");
  }

  @Test
  void anAnswerThatIsNoObjectIsRefused() throws Exception {
    TaskClient client = greeter();
    String id = client.create("work");
    executor.run(tasks);
    String key = client.onlyKey(id);
    client
        .update(id, Json.object().put(key, "Ann"))
        .hasError(-32602, "params.inputResponses." + key + " must be an object");
    client.get(id).has("/status", "input_required");
  }

  @Test
  void anInvalidAnswerIsAskedForAgainUnderAnotherKey() throws Exception {
    TaskClient client = greeter();
    String id = client.create("work");
    executor.run(tasks);
    String first = client.onlyKey(id);
    client.answerOnly(id, Map.of("name", "A"));
    executor.run(tasks);
    TestAnswer again = client.get(id).has("/status", "input_required");
    assertTrue(again.at("/statusMessage").asText().contains("name"), again::toString);
    assertNotEquals(first, client.onlyKey(id));
    client.answerOnly(id, Map.of("name", "Ann"));
    executor.run(tasks);
    client.get(id).has("/result/content/0/text", "Hello Ann");
  }

  @Test
  void answersMayComeOneByOne() throws Exception {
    TaskClient client = client((nothing, call) -> {
      Questions questions = new Questions();
      Questions.Asked<Name> first = questions.add("first", Question.form("1?", Name.class));
      Questions.Asked<Name> second = questions.add("second", Question.form("2?", Name.class));
      call.ask(questions);
      return ToolResult.text(first.answer().name() + " " + second.answer().name());
    });
    String id = client.create("work");
    executor.run(tasks);
    Iterator<String> keys = ((ObjectNode) client.get(id).at("/inputRequests")).fieldNames();
    String one = keys.next();
    String two = keys.next();
    assertFalse(keys.hasNext());
    ObjectNode responses = Json.object();
    responses.set(two, TaskClient.accept(Map.of("name", "Bob")));
    client.update(id, responses).isResult();
    client.get(id).has("/status", "input_required");
    assertEquals(one, client.onlyKey(id));
    executor.run(tasks);
    assertEquals(1, runs.get());
    client.answerOnly(id, Map.of("name", "Ann"));
    executor.run(tasks);
    client.get(id).has("/result/content/0/text", "Ann Bob");
  }

  @Test
  void severalQuestionsInARow() throws Exception {
    TaskClient client = client((nothing, call) -> {
      StringBuilder names = new StringBuilder();
      for (int i = 0; i < 3; i++) {
        names.append(call.ask("name" + i, Question.form("?", Name.class)).name());
      }
      return ToolResult.text(names.toString());
    });
    String id = client.create("work");
    for (String name : new String[] {"ab", "cd", "ef"}) {
      executor.run(tasks);
      client.answerOnly(id, Map.of("name", name));
    }
    executor.run(tasks);
    client.get(id).has("/result/content/0/text", "abcdef");
    assertEquals(4, runs.get());
  }

  @Test
  void aDeclinedQuestionIsAToolError() throws Exception {
    TaskClient client = greeter();
    String id = client.create("work");
    executor.run(tasks);
    ObjectNode responses = Json.object();
    responses.putObject(client.onlyKey(id)).put("action", "decline");
    client.update(id, responses);
    executor.run(tasks);
    client.get(id).has("/status", "completed").has("/result/isError", true);
  }

  @Test
  void aHandlerMayGoOnWithoutTheAnswer() throws Exception {
    TaskClient client = client((nothing, call) -> {
      try {
        return ToolResult.text(call.ask("name", Question.form("?", Name.class)).name());
      } catch (DeclinedException e) {
        return ToolResult.text("nobody");
      }
    });
    String id = client.create("work");
    executor.run(tasks);
    ObjectNode responses = Json.object();
    responses.putObject(client.onlyKey(id)).put("action", "cancel");
    client.update(id, responses);
    executor.run(tasks);
    client.get(id).has("/result/content/0/text", "nobody");
  }

  @Test
  void aHandlerThatCatchesEverythingIsParkedAllTheSame() throws Exception {
    TaskClient client = client((nothing, call) -> {
      try {
        return ToolResult.text(call.ask("name", Question.form("?", Name.class)).name());
      } catch (Throwable e) {
        return ToolResult.text("caught");
      }
    });
    String id = client.create("work");
    executor.run(tasks);
    client.get(id).has("/status", "input_required");
  }

  @Test
  void aKindThatTheClientLacksFailsTheTask() throws Exception {
    TaskClient client = client((nothing, call) -> {
      call.ask("page", Question.url("?", "https://example.com/", "e1"));
      return ToolResult.text("never");
    });
    String id = client.create("work");
    executor.run(tasks);
    client.get(id).has("/status", "failed").has("/error/code", -32021);
  }

  @Test
  void aParkedTaskIsCancelled() throws Exception {
    TaskClient client = greeter();
    String id = client.create("work");
    executor.run(tasks);
    client.cancel(id).isResult();
    TestAnswer cancelled = client.get(id).has("/status", "cancelled");
    assertFalse(cancelled.result().has("inputRequests"));
    executor.run(tasks);
    assertEquals(1, runs.get());
  }

  @Test
  void anAnswerAsLargeAsARequestIsKept() throws Exception {
    TaskClient client = greeter();
    String id = client.create("work");
    executor.run(tasks);
    String name = "ä".repeat(50_000);
    client.answerOnly(id, Map.of("name", name));
    executor.run(tasks);
    client.get(id).has("/result/content/0/text", "Hello " + name);
  }
}
