package dev.statelessmcp.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.input.Question;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.input.Questions;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Answers that are too large for the state of a task leave no unused records. */
class LargeAnswersTest {
  record Nothing() {}

  record Name(String name) {}

  private static final String LARGE = "x".repeat(RecordingStore.MAX_BYTES / 2);

  private final RecordingStore store = new RecordingStore();
  private final QueueExecutor executor = new QueueExecutor(false);
  private final Tasks tasks = Tasks.of(store, executor);
  private final TaskClient client = client();

  private TaskClient client() {
    Tool tool = Tool.of("work", "Works", Nothing.class, (nothing, call) -> {
          Questions questions = new Questions();
          Questions.Asked<Name> first = questions.add("first", Question.form("1?", Name.class));
          Questions.Asked<Name> second = questions.add("second", Question.form("2?", Name.class));
          call.ask(questions);
          return ToolResult.text(first.answer().name() + second.answer().name());
        })
        .asks(QuestionKind.FORM)
        .apply(TaskPolicy.required());
    return new TaskClient(McpTestClient.of(tasks.build(McpServer.named("t", "1").tool(tool))));
  }

  /** A task that asks both questions. */
  private String parked() throws Exception {
    String id = client.create("work");
    executor.run(tasks);
    return id;
  }

  private String[] keys(String id) {
    Iterator<String> keys = ((ObjectNode) client.get(id).at("/inputRequests")).fieldNames();
    return new String[] {keys.next(), keys.next()};
  }

  private static ObjectNode notValid() {
    ObjectNode answer = Json.object().put("action", "accept").put("junk", LARGE);
    answer.putObject("content");
    return answer;
  }

  @Test
  void anAnswerThatIsNotValidIsNotKept() throws Exception {
    String id = parked();
    for (int i = 0; i < 5; i++) {
      ObjectNode responses = Json.object();
      for (String key : keys(id)) {
        responses.set(key, notValid());
      }
      client.update(id, responses).isResult();
      executor.run(tasks);
      client.get(id).has("/status", "input_required");
    }
    assertEquals(2, store.keys().size(), () -> store.keys().toString()); // and the caller's count
  }

  @Test
  void anAnswerBesideOneThatIsNoObjectIsNotKept() throws Exception {
    String id = parked();
    String[] keys = keys(id);
    ObjectNode responses = Json.object();
    responses.set(keys[0], TaskClient.accept(Map.of("name", LARGE)));
    responses.put(keys[1], "Bob");
    client.update(id, responses).hasError(-32602, "params.inputResponses." + keys[1]);
    assertEquals(keys[0], keys(id)[0]);
    assertEquals(2, store.keys().size(), () -> store.keys().toString());
  }

  private ObjectNode largeAnswers(String id) {
    ObjectNode responses = Json.object();
    for (String key : keys(id)) {
      responses.set(key, TaskClient.accept(Map.of("name", LARGE)));
    }
    return responses;
  }

  @Test
  void anAnswerBesideOneThatCannotBeStoredIsNotKept() throws Exception {
    String id = parked();
    ObjectNode responses = largeAnswers(id);
    AtomicBoolean first = new AtomicBoolean(true);
    store.failure = write -> {
      if (!first.compareAndSet(true, false)) {
        throw new IllegalStateException("the test refuses a record");
      }
      return RecordingStore.Outcome.DONE;
    };
    client.update(id, responses).hasError(-32603);
    store.failure = RecordingStore.Failure.NEVER;
    assertEquals(2, store.keys().size(), () -> store.keys().toString());
    client.update(id, responses).isResult();
    executor.run(tasks);
    client.get(id).has("/result/content/0/text", LARGE + LARGE);
  }

  /** The second is written while the first waits for the store. */
  @Test
  void ofAnswersThatComeAtOnceOneIsKept() throws Exception {
    String id = parked();
    ObjectNode responses = largeAnswers(id);
    AtomicBoolean first = new AtomicBoolean(true);
    store.failure = write -> {
      if (write.key().equals(id) && first.compareAndSet(true, false)) {
        client.update(id, responses).isResult();
      }
      return RecordingStore.Outcome.DONE;
    };
    client.update(id, responses).isResult();
    assertEquals(4, store.keys().size(), () -> store.keys().toString());
    executor.run(tasks);
    client.get(id).has("/result/content/0/text", LARGE + LARGE);
  }
}
