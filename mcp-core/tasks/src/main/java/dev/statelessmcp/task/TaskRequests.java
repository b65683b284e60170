package dev.statelessmcp.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Call;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.protocol.McpException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Serves the requests of clients about tasks. Thread-safe. */
final class TaskRequests {
  private static final int ID_LENGTH = 27; // of 160 bits in Base64

  private final TaskService service;

  TaskRequests(TaskService service) {
    this.service = service;
  }

  /** Whether a text may be the id of a task. Other keys in a store have another form. */
  static boolean isId(String text) {
    if (text.length() != ID_LENGTH) {
      return false;
    }
    for (int i = 0; i < ID_LENGTH; i++) {
      char c = text.charAt(i);
      boolean known = (c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (c >= '0' && c <= '9')
          || c == '-'
          || c == '_';
      if (!known) {
        return false;
      }
    }
    return true;
  }

  /** The task of a caller; null if it does not exist, has expired, or belongs to another caller. */
  @Nullable
  TaskState find(String id, Caller caller) throws IOException {
    TaskState state = isId(id) ? service.ledger().read(id) : null;
    return state != null && state.owner().equals(caller.identity()) ? state : null;
  }

  /**
   * "Invalid or nonexistent taskId: -32602"; also for a task of another caller. The owner still
   * needs the scopes of the tool that created the task: a later token may have fewer, or belong to
   * another client of the same user.
   *
   * @see <a
   *     href="https://github.com/modelcontextprotocol/ext-tasks/blob/main/specification/2026-07-28/tasks.md#security-considerations">"Servers
   *     MUST perform authentication and authorization checks on each task-related request"</a>
   */
  private TaskState require(String id, Call call) throws IOException {
    TaskState state = find(id, call.caller());
    if (state == null) {
      throw McpException.invalidParams(
          "params.taskId must be the id of one of your tasks that has not expired");
    }
    call.requireScopes(state.scopes());
    return state;
  }

  ObjectNode get(String id, Call call) throws IOException {
    return detailed(service.revive(require(id, call)));
  }

  /** The task with the further members of its status. */
  ObjectNode detailed(TaskState state) throws IOException {
    ObjectNode view = state.view();
    if (state.status().equals(TaskState.INPUT_REQUIRED)) {
      ObjectNode requests = view.putObject("inputRequests");
      for (Map.Entry<String, JsonNode> each : state.questions().properties()) {
        ObjectNode request = requests.putObject(each.getKey());
        request.set("method", each.getValue().get("method"));
        request.set(
            "params", service.ledger().fetch((ObjectNode) each.getValue().get("params")));
      }
    }
    ObjectNode outcome = state.held("outcome");
    if (outcome != null) {
      boolean failed = state.status().equals(TaskState.FAILED);
      view.set(failed ? "error" : "result", service.ledger().fetch(outcome).deepCopy());
    }
    return view;
  }

  /** Takes answers. Answers to unknown questions are ignored. */
  void update(String id, Call call, ObjectNode responses) throws IOException {
    while (true) {
      TaskState state = require(id, call);
      if (!state.status().equals(TaskState.INPUT_REQUIRED)) {
        return;
      }
      TaskState next = state.next();
      List<ObjectNode> taken = take(next, responses);
      if (taken.isEmpty()) {
        return;
      }
      next.updated();
      if (next.questions().isEmpty()) {
        next.status(TaskState.WORKING, null);
        next.release(System.currentTimeMillis() + service.leaseMillis());
      }
      if (service.ledger().replace(next)) {
        service.concluded(state, next);
        return;
      }
      service.drop(taken); // of answers that come twice at once only the first is kept
    }
  }

  /** Writes answers into a state; returns what was kept. */
  private List<ObjectNode> take(TaskState next, ObjectNode responses) throws IOException {
    Map<String, ObjectNode> answers = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : responses.properties()) {
      if (next.questions().has(each.getKey())) {
        if (!(each.getValue() instanceof ObjectNode answer)) {
          throw McpException.invalidParams("params.inputResponses." + each.getKey()
              + " must be an object, the result of the request with that key");
        }
        answers.put(each.getKey(), answer);
      }
    }
    List<ObjectNode> taken = new ArrayList<>();
    try {
      for (Map.Entry<String, ObjectNode> each : answers.entrySet()) {
        ObjectNode held = service.ledger().hold(next.id(), each.getValue(), next.expiresAt());
        taken.add(held);
        JsonNode question = next.questions().remove(each.getKey());
        next.answer(question.path("key").asText(), held);
      }
    } catch (Throwable e) {
      service.drop(taken);
      throw e;
    }
    return taken;
  }

  /** Cancels a task. Later writes of its run are ignored. */
  void cancel(String id, Call call) throws IOException {
    while (true) {
      TaskState state = require(id, call);
      if (state.isEnded()) {
        return;
      }
      TaskState next = state.next();
      next.status(TaskState.CANCELLED, "Cancelled by the client");
      TaskService.forget(next);
      if (service.ledger().replace(next)) {
        service.concluded(state, next);
        return;
      }
    }
  }

  /** The current state, for clients that watch a task. */
  @Nullable
  TaskState current(String id) throws IOException {
    TaskState state = service.ledger().read(id);
    return state == null ? null : service.revive(state);
  }

  void log(String message, Throwable failure) {
    service.log(message, failure);
  }
}
