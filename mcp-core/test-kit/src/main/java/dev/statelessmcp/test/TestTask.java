package dev.statelessmcp.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.RequestMeta;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A call of a tool that has become a task. Not thread-safe.
 *
 * <pre>{@code
 * TestTask task = client.answers("range", new Range(1, 31)).startTask("report");
 * task.await("input_required");
 * task.answer().hasText("31 days");
 * }</pre>
 *
 * <p>A wait polls the task at the {@code pollIntervalMs} of the server, and fails after the time
 * limit of the client. All messages are checked against the rules of the extension.
 *
 * @see <a
 *     href="https://github.com/modelcontextprotocol/ext-tasks/blob/main/specification/draft/tasks.md">The
 *     Tasks extension</a>
 */
public final class TestTask {
  /** The id of the extension. */
  static final String EXTENSION = "io.modelcontextprotocol/tasks";

  private static final Set<String> ENDED = Set.of("completed", "failed", "cancelled");
  private static final long POLL_MILLIS = 100; // if the server sets no interval

  private final Conversation conversation;
  private final RequestSettings settings;
  private final Script script;
  private final String id;
  private final @Nullable String tool; // null if it is not known
  private final Map<String, JsonNode> seen = new HashMap<>(); // questions by their keys
  private @Nullable JsonNode last; // at the last poll

  private TestTask(
      Conversation conversation,
      RequestSettings settings,
      Script script,
      String id,
      @Nullable String tool) {
    this.conversation = conversation;
    this.settings = settings;
    this.script = script;
    this.id = id;
    this.tool = tool;
  }

  /** Creates an object for an existing task. */
  static TestTask of(Conversation conversation, RequestSettings settings, String id) {
    Script script = new Script(conversation, settings);
    return new TestTask(conversation, declaring(conversation, settings), script, id, null);
  }

  /** Calls a tool, whose answer must be a task. */
  static TestTask start(
      Conversation conversation, RequestSettings settings, String tool, ObjectNode arguments) {
    RequestSettings declaring = declaring(conversation, settings);
    TestCall call = conversation.start(
        "tools/call", TestRequests.callOf(tool, arguments), declaring, TestCall.Mode.HANDLER);
    TestAnswer created = call.answer().has("/resultType", "task");
    String id = created.at("/taskId").asText();
    return new TestTask(conversation, declaring, call.script(), id, tool);
  }

  /** Adds the extension to the client's capabilities. */
  private static RequestSettings declaring(Conversation conversation, RequestSettings settings) {
    if (!conversation.isModern()) {
      throw new IllegalStateException("the legacy era has no extension for tasks");
    }
    JsonNode own = settings.meta().get(RequestMeta.CLIENT_CAPABILITIES);
    ObjectNode capabilities = own instanceof ObjectNode object
        ? object.deepCopy()
        : conversation.settings.capabilities().deepCopy();
    capabilities.withObjectProperty("extensions").withObjectProperty(EXTENSION);
    ObjectNode meta = Json.object();
    meta.set(RequestMeta.CLIENT_CAPABILITIES, capabilities);
    return settings.withMeta(meta);
  }

  /**
   * The id of the task.
   *
   * @return never null
   */
  public String id() {
    return id;
  }

  private TestAnswer request(String method, ObjectNode params) {
    return conversation
        .start(method, params.put("taskId", id), settings, TestCall.Mode.REQUEST)
        .answer();
  }

  /**
   * Gets the task with {@code tasks/get}.
   *
   * @return the answer, whose result has {@code status}; an error if the server does not know the
   *     task
   * @throws AssertionError if there is no answer, or it breaks the rules of the extension
   */
  public TestAnswer get() {
    TestAnswer answer = request("tasks/get", Json.object());
    if (answer.hasResult()) {
      answer.has("/taskId", id);
      checkChange(answer.result());
    }
    return answer;
  }

  /** Checks that a task that has ended does not change, nor {@code createdAt} of any task. */
  private void checkChange(JsonNode now) {
    JsonNode before = last;
    last = now;
    if (before == null) {
      return;
    }
    for (String member : List.of("createdAt", "status", "result", "error")) {
      boolean isFixed =
          member.equals("createdAt") || ENDED.contains(before.path("status").asText());
      if (isFixed && !before.path(member).equals(now.path(member))) {
        throw conversation
            .faults()
            .failure("The " + member + " of a task must not change"
                + (member.equals("createdAt") ? "" : " when it has ended") + ": it was "
                + Json.text(before) + ", and is " + Json.text(now));
      }
    }
  }

  /**
   * Waits until the task has a status. Does not answer questions.
   *
   * @param status such as {@code input_required}; not null
   * @return the answer of {@code tasks/get} with that status
   * @throws AssertionError if the task ends with another status, or does not have it within the
   *     time limit
   */
  public TestAnswer await(String status) {
    TestAnswer found =
        poll(task -> statusOf(task).equals(status) || isEnded(task), "did not become " + status);
    return found.has("/status", status);
  }

  /**
   * Waits until the task has ended, and answers its questions with the answers of the client; the
   * key of a question may have a number at the end, such as {@code booking.1}.
   *
   * @return the answer to the call of the tool, as if there were no task
   * @throws AssertionError if the task is cancelled or does not end within the time limit, if the
   *     client has no answer to a question, or if the result breaks the protocol
   */
  public TestAnswer answer() {
    TestAnswer task;
    do {
      task = poll(found -> isEnded(found) || !questions(found).isEmpty(), "did not end");
    } while (!isEnded(task) && answersQuestions(questions(task)));
    String status = statusOf(task);
    if (status.equals("cancelled")) {
      throw conversation.faults().failure("the task was cancelled: " + task);
    }
    ObjectNode message = Json.object().put("jsonrpc", "2.0");
    message.set("id", task.message().get("id"));
    String member = status.equals("failed") ? "error" : "result";
    message.set(member, task.result().get(member));
    conversation.checkAnswer("tools/call", message);
    TestAnswer answer = new TestAnswer(
        conversation, settings, tool, message, List.of(), script.asked(), -1, Map.of(), "");
    if (tool != null && answer.hasResult()) {
      conversation.checkOutput(tool, settings, answer.result());
    }
    return answer;
  }

  private static String statusOf(TestAnswer task) {
    return task.at("/status").asText();
  }

  private static boolean isEnded(TestAnswer task) {
    return ENDED.contains(statusOf(task));
  }

  /** The unanswered questions: a server may repeat a question until it has seen the answer. */
  private Map<String, JsonNode> questions(TestAnswer task) {
    Map<String, JsonNode> questions = new HashMap<>();
    for (Map.Entry<String, JsonNode> each : task.at("/inputRequests").properties()) {
      JsonNode before = seen.get(each.getKey());
      if (before == null) {
        questions.put(each.getKey(), each.getValue());
      } else if (!before.equals(each.getValue())) {
        throw conversation
            .faults()
            .failure("The server used the key " + each.getKey() + " for another question");
      }
    }
    return questions;
  }

  /** Answers questions; always returns true, because the task may continue. */
  private boolean answersQuestions(Map<String, JsonNode> questions) {
    ObjectNode responses = Json.object();
    questions.forEach((key, request) -> {
      String method = request.path("method").asText();
      ObjectNode params = request.get("params") instanceof ObjectNode some ? some : Json.object();
      conversation.inbox().requireCapability(method, params);
      UserAnswer response = script.answerTo(new AskedQuestion(key, method, params));
      conversation.faults().throwFault();
      if (response != null && !response.isNone()) {
        responses.set(key, response.toJson());
      }
      seen.put(key, request);
    });
    if (!responses.isEmpty()) {
      update(responses).isResult();
    }
    return true;
  }

  /** Polls the task until a condition is true. */
  private TestAnswer poll(Predicate<TestAnswer> enough, String otherwise) {
    long end = System.nanoTime() + conversation.settings.limit().toNanos();
    TestAnswer task = get();
    while (!enough.test(task)) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw conversation
            .faults()
            .failure("the task " + otherwise + " within " + conversation.settings.limit());
      }
      pause(Math.min(left, Math.max(1, task.at("/pollIntervalMs").asLong(POLL_MILLIS))));
      task = get();
    }
    return task;
  }

  private void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw conversation.faults().failure("interrupted while waiting");
    }
  }

  /**
   * Answers one question, with {@code tasks/update}.
   *
   * @param key the key of the question in {@code inputRequests}; not null
   * @param answer the answer, which need not be valid; not null
   * @return the acknowledgement, or the error
   * @throws AssertionError if there is no answer, or something breaks the protocol
   */
  public TestAnswer update(String key, UserAnswer answer) {
    ObjectNode responses = Json.object();
    responses.set(key, answer.toJson());
    return update(responses);
  }

  private TestAnswer update(ObjectNode responses) {
    ObjectNode params = Json.object();
    params.set("inputResponses", responses);
    return request("tasks/update", params);
  }

  /**
   * Cancels the task with {@code tasks/cancel}. The status may change later: use
   * {@code await("cancelled")}.
   *
   * @return this task
   * @throws AssertionError if the server refuses it, or something breaks the protocol
   */
  public TestTask cancel() {
    request("tasks/cancel", Json.object()).isResult();
    return this;
  }

  /**
   * Subscribes to the task: its changes are {@code notifications/tasks}.
   *
   * @return the subscription
   * @throws AssertionError if the server does not acknowledge it
   */
  public TestSubscription listen() {
    ObjectNode filter = Json.object();
    filter.putArray("taskIds").add(id);
    return TestSubscription.open(conversation, settings, filter);
  }
}
