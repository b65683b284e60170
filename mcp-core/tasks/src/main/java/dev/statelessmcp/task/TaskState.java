package dev.statelessmcp.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stored state of a task. Not thread-safe; a copy is changed and replaces the stored one.
 *
 * <p>Values that may be large (arguments, results of steps, answers, the outcome) are
 * {@link Ledger#hold held}: in the state if they are small, otherwise in separate records, which
 * the state references.
 */
final class TaskState {
  static final String WORKING = "working";
  static final String INPUT_REQUIRED = "input_required";
  static final String COMPLETED = "completed";
  static final String FAILED = "failed";
  static final String CANCELLED = "cancelled";

  /** The maximum length of the message, which is rewritten with every change. */
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

  // Fixed members

  Instant expiresAt() {
    // Whole seconds, rounded up, as in stores
    return Instant.ofEpochSecond((expiresAtMillis() + 999) / 1000);
  }

  long expiresAtMillis() {
    return json.path("createdAt").longValue() + json.path("ttlMs").longValue();
  }

  long pollIntervalMillis() {
    return json.path("pollIntervalMs").longValue();
  }

  /** The owner. */
  String owner() {
    return json.path("caller").path("identity").asText();
  }

  /** The scopes of the tool that created the task. */
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

  /** The number of the newest run, which alone may change the task; 0 before the first. */
  long attempt() {
    return json.path("attempt").longValue();
  }

  /** Whether a run has claimed the task and not released it. */
  boolean isClaimed() {
    return json.path("claimed").booleanValue();
  }

  /** When the claim of a run expires, or a start is repeated. */
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

  /** Releases the task: any run may claim it, and after that time a poll starts one. */
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

  // Stored by runs

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

  /** Whether a question of the handler has no answer yet. */
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
