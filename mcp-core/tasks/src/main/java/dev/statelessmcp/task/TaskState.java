package dev.statelessmcp.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of a task, as it is stored. Not thread-safe; a change is made to a copy and replaces
 * the stored one.
 *
 * <p>Values that may be large (arguments, results of steps, answers, the outcome) are
 * {@link Ledger#hold held}: in the state if they are small, else in records of their own, which the
 * state names.
 */
final class TaskState {
  static final String WORKING = "working";
  static final String INPUT_REQUIRED = "input_required";
  static final String COMPLETED = "completed";
  static final String FAILED = "failed";
  static final String CANCELLED = "cancelled";

  /** What is longer is cut: the message is read by people, and rewritten with every change. */
  private static final int MOST_MESSAGE = 1000;

  private final String id;
  private final long version;
  private final ObjectNode json;

  TaskState(String id, long version, ObjectNode json) {
    this.id = id;
    this.version = version;
    this.json = json;
  }

  /** A copy, to be stored as the next version. */
  TaskState next() {
    return new TaskState(id, version + 1, json.deepCopy());
  }

  String id() {
    return id;
  }

  long version() {
    return version;
  }

  ObjectNode json() {
    return json;
  }

  // What never changes

  Instant expiresAt() {
    // Whole seconds, rounded up: stores count in these
    return Instant.ofEpochSecond((expiresAtMillis() + 999) / 1000);
  }

  long expiresAtMillis() {
    return json.path("createdAt").longValue() + json.path("ttlMs").longValue();
  }

  long pollIntervalMillis() {
    return json.path("pollIntervalMs").longValue();
  }

  /** Whose task it is. */
  String owner() {
    return json.path("caller").path("identity").asText();
  }

  /** The scopes of the tool that made it. */
  List<String> scopes() {
    List<String> scopes = new ArrayList<>();
    for (JsonNode scope : json.path("scopes")) {
      scopes.add(scope.asText());
    }
    return scopes;
  }

  // Status

  String status() {
    return json.path("status").asText();
  }

  boolean isWorking() {
    return status().equals(WORKING);
  }

  boolean isEnded() {
    return !isWorking() && !status().equals(INPUT_REQUIRED);
  }

  void status(String status, @Nullable String message) {
    json.put("status", status);
    message(message);
  }

  void message(@Nullable String message) {
    if (message == null) {
      json.remove("statusMessage");
    } else {
      json.put("statusMessage", cut(message));
    }
    updated();
  }

  void updated() {
    json.put("lastUpdatedAt", System.currentTimeMillis());
  }

  private static String cut(String message) {
    if (message.length() <= MOST_MESSAGE) {
      return message;
    }
    int end = MOST_MESSAGE - 1;
    if (Character.isHighSurrogate(message.charAt(end - 1))) {
      end--;
    }
    return message.substring(0, end) + "…";
  }

  // Runs

  /** The number of the newest run: only that one may change the task. 0 before the first. */
  long attempt() {
    return json.path("attempt").longValue();
  }

  /** Whether a run has claimed the task and not given it back. */
  boolean isClaimed() {
    return json.path("claimed").booleanValue();
  }

  /** Until when the claim of a run holds, or a start may take. */
  long leaseMillis() {
    return json.path("lease").longValue();
  }

  void lease(long until) {
    json.put("lease", until);
  }

  void claim(long until) {
    json.put("attempt", attempt() + 1);
    json.put("claimed", true);
    lease(until);
  }

  /** Gives the task back: any run may claim it, and somebody starts one by then at the latest. */
  void release(long until) {
    json.put("claimed", false);
    lease(until);
  }

  /** The number of runs in a row that ended without an outcome, a new step or a new question. */
  int fruitless() {
    return json.path("fruitless").intValue();
  }

  void fruitless(int runs) {
    json.put("fruitless", runs);
  }

  // What runs remember

  @Nullable
  ObjectNode step(String name) {
    return json.path("steps").get(name) instanceof ObjectNode held ? held : null;
  }

  void step(String name, ObjectNode held) {
    json.withObjectProperty("steps").set(name, held);
  }

  @Nullable
  ObjectNode answer(String key) {
    return json.path("answers").get(key) instanceof ObjectNode held ? held : null;
  }

  void answer(String key, @Nullable ObjectNode held) {
    if (held == null) {
      json.withObjectProperty("answers").remove(key);
    } else {
      json.withObjectProperty("answers").set(key, held);
    }
  }

  /** The questions without an answer, by the key that the client sees. */
  ObjectNode questions() {
    return json.withObjectProperty("questions");
  }

  /** Whether a question of the handler waits for its answer. */
  boolean isAsked(String key) {
    for (JsonNode question : questions()) {
      if (question.path("key").asText().equals(key)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Adds a question. "Each request key in inputRequests MUST be unique over the lifetime of a
   * single task": a number that only grows is part of it.
   */
  void question(String key, String method, ObjectNode heldParams) {
    int number = json.path("asked").intValue() + 1;
    json.put("asked", number);
    ObjectNode question = questions().putObject(key + "." + number);
    question.put("key", key).put("method", method).set("params", heldParams);
  }

  @Nullable
  ObjectNode held(String member) {
    return json.get(member) instanceof ObjectNode held ? held : null;
  }

  void held(String member, ObjectNode held) {
    json.set(member, held);
  }

  /** The members of {@code Task}, in the form of the extension. */
  ObjectNode view() {
    ObjectNode view = Json.object().put("taskId", id).put("status", status());
    JsonNode message = json.get("statusMessage");
    if (message != null) {
      view.set("statusMessage", message);
    }
    view.put("createdAt", timestamp("createdAt"));
    view.put("lastUpdatedAt", timestamp("lastUpdatedAt"));
    view.set("ttlMs", json.get("ttlMs"));
    view.set("pollIntervalMs", json.get("pollIntervalMs"));
    return view;
  }

  private String timestamp(String member) {
    return Instant.ofEpochMilli(json.path(member).longValue()).toString();
  }
}
