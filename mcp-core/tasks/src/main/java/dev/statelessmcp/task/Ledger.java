package dev.statelessmcp.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.json.JsonLimits;
import dev.statelessmcp.json.JsonSyntaxException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tasks in a store. Repeats failed operations, and detects whether a write took effect whose
 * answer was lost, because each write has a unique mark. Thread-safe.
 */
final class Ledger {
  /** Values up to this size are kept in the state, which is rewritten with every change. */
  private static final int SMALL = 1024;

  private static final JsonLimits LIMITS =
      new JsonLimits(Integer.MAX_VALUE, 1000, Integer.MAX_VALUE);

  /** The members that only runs need, and clients do not see. */
  static final List<String> OF_RUNS =
      List.of("arguments", "meta", "trace", "steps", "answers", "questions");

  /** The number of attempts of an operation, with pauses of about 3 seconds in total. */
  private static final int TRIES = 7;

  private final TaskStore store;
  private final SecureRandom random = new SecureRandom();

  Ledger(TaskStore store) {
    this.store = store;
  }

  /** 160 random bits, in characters that a header and a key may have. */
  String newId() {
    byte[] bytes = new byte[20];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The task with an id; null if there is none, or it has expired. */
  @Nullable
  TaskState read(String id) throws IOException {
    TaskRecord record = readRecord(id);
    if (record == null) {
      return null;
    }
    TaskState state = new TaskState(id, record.version(), parse(record.data()));
    // The store counts whole seconds, the client milliseconds
    return state.expiresAtMillis() <= System.currentTimeMillis() ? null : state;
  }

  /** The JSON of a record; null if there is none. */
  @Nullable
  TaskRecord readRecord(String key) throws IOException {
    for (int tried = 1; ; tried++) {
      try {
        return store.read(key).orElse(null);
      } catch (IOException e) {
        pause(tried, e);
      }
    }
  }

  /** Stores a new task. */
  void create(TaskState state) throws IOException {
    if (!create(state.id(), state.json(), state.expiresAt())) {
      throw new IOException("a task with that id already exists");
    }
  }

  /**
   * Stores the next version of a task.
   *
   * @return false if the task has been changed by another writer, or does not exist
   */
  boolean replace(TaskState next) throws IOException {
    return replace(next.id(), next.version(), next.json(), next.expiresAt());
  }

  boolean create(String key, ObjectNode json, Instant expiresAt) throws IOException {
    return write(true, marked(key, 1, json, expiresAt), json);
  }

  boolean replace(String key, long version, ObjectNode json, Instant expiresAt) throws IOException {
    return write(false, marked(key, version, json, expiresAt), json);
  }

  private TaskRecord marked(String key, long version, ObjectNode json, Instant expiresAt) {
    json.put("mark", random.nextLong());
    byte[] data = Json.write(json);
    if (data.length > store.maxBytes()) {
      throw new IllegalStateException("the state of a task has " + data.length
          + " bytes, the limit of its store is " + store.maxBytes()
          + ": it has too many steps or questions");
    }
    return new TaskRecord(key, version, expiresAt, data);
  }

  private boolean write(boolean creates, TaskRecord record, ObjectNode json) throws IOException {
    for (int tried = 1; ; tried++) {
      try {
        if (creates ? store.create(record) : store.replace(record)) {
          return true;
        }
        // The conflicting version may be an earlier attempt of this write, made here or by the
        // store
        TaskRecord stored = readRecord(record.key());
        return stored != null && parse(stored.data()).path("mark").equals(json.get("mark"));
      } catch (IOException e) {
        pause(tried, e);
      }
    }
  }

  void delete(String key) throws IOException {
    for (int tried = 1; ; tried++) {
      try {
        store.delete(key);
        return;
      } catch (IOException e) {
        pause(tried, e);
      }
    }
  }

  /**
   * Waits before the next attempt, or throws the failure after the last one. An interrupt ends the
   * wait, and is kept.
   */
  private static void pause(int tried, IOException failure) throws IOException {
    if (tried == TRIES || failure instanceof InterruptedIOException) {
      throw failure;
    }
    try {
      Thread.sleep(25L << tried);
    } catch (InterruptedException e) {
      // The run must end, but its last write must still be stored
      Thread.currentThread().interrupt();
      if (tried > 2) {
        throw failure;
      }
    }
  }

  /**
   * Stores a value, and returns it or a reference for the state: a large value is in other records.
   */
  ObjectNode hold(String id, JsonNode value, Instant expiresAt) throws IOException {
    ObjectNode held = Json.object();
    byte[] data = Json.write(value);
    if (data.length <= SMALL) {
      held.set("value", value);
      return held;
    }
    int most = store.maxBytes();
    ArrayNode keys = held.putArray("records");
    String base = id + "." + newId();
    for (int from = 0; from < data.length; from += most) {
      byte[] part = new byte[Math.min(most, data.length - from)];
      System.arraycopy(data, from, part, 0, part.length);
      String key = base + "." + keys.size();
      createPart(new TaskRecord(key, 1, expiresAt, part));
      keys.add(key);
    }
    return held;
  }

  /** Keeps a value of any size in the state. */
  static ObjectNode inline(JsonNode value) {
    ObjectNode held = Json.object();
    held.set("value", value);
    return held;
  }

  /** Moves large values out of a state that was not stored yet. */
  void spill(TaskState state) throws IOException {
    spill(state, state.json(), "arguments");
    spill(state, state.json(), "meta");
    spill(state, state.json(), "trace");
    for (String member : List.of("steps", "answers")) {
      if (state.json().get(member) instanceof ObjectNode all) {
        for (Map.Entry<String, JsonNode> each : all.properties()) {
          spill(state, all, each.getKey());
        }
      }
    }
    for (JsonNode question : state.questions()) {
      spill(state, (ObjectNode) question, "params");
    }
  }

  private void spill(TaskState state, ObjectNode parent, String member) throws IOException {
    JsonNode value = parent.path(member).get("value");
    if (value != null) {
      parent.set(member, hold(state.id(), value, state.expiresAt()));
    }
  }

  /** Deletes the records that only the runs of a task needed. */
  void dropOfRuns(TaskState state) throws IOException {
    drop(state.held("arguments"));
    drop(state.held("meta"));
    drop(state.held("trace"));
    for (String member : List.of("steps", "answers")) {
      for (JsonNode held : state.json().path(member)) {
        drop((ObjectNode) held);
      }
    }
    for (JsonNode question : state.json().path("questions")) {
      drop((ObjectNode) question.get("params"));
    }
  }

  /** Stores a part. Its key is new, so an existing record is an earlier attempt of this write. */
  private void createPart(TaskRecord part) throws IOException {
    for (int tried = 1; ; tried++) {
      try {
        store.create(part);
        return;
      } catch (IOException e) {
        pause(tried, e);
      }
    }
  }

  /** Returns a stored value. */
  JsonNode fetch(ObjectNode held) throws IOException {
    JsonNode value = held.get("value");
    if (value != null) {
      return value;
    }
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    for (JsonNode key : held.path("records")) {
      TaskRecord part = readRecord(key.asText());
      if (part == null) {
        throw new IOException("a part of a task is missing in its store: " + key.asText());
      }
      data.writeBytes(part.data());
    }
    return read(data.toByteArray());
  }

  /** Deletes the records of a value. */
  void drop(@Nullable ObjectNode held) throws IOException {
    if (held != null) {
      for (JsonNode key : held.path("records")) {
        delete(key.asText());
      }
    }
  }

  static ObjectNode parse(byte[] data) throws IOException {
    if (!(read(data) instanceof ObjectNode object)) {
      throw new IOException("a record of a task is not a JSON object");
    }
    return object;
  }

  private static JsonNode read(byte[] data) throws IOException {
    try {
      return Json.read(data, LIMITS);
    } catch (JsonSyntaxException e) {
      throw new IOException("a record of a task is not JSON", e);
    }
  }
}
