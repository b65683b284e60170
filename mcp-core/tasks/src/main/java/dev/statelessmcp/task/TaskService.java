package dev.statelessmcp.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.call.Call;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.call.TraceContext;
import dev.statelessmcp.intercept.Observer;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.JsonRpcError;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.RequestId;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.protocol.McpException;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolCall;
import dev.statelessmcp.tool.ToolResult;
import dev.statelessmcp.transport.FailureLog;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Creates tasks and runs them. Thread-safe. */
final class TaskService {
  private final Tasks tasks;
  private final McpServer server;
  private final Ledger ledger;
  private final CallerQuota quota;
  private final TaskFeed feed;
  private final TaskRequests requests;

  /** The runs of this process, so that a change of their task ends them immediately. */
  private final Map<String, TaskRun> runs = new ConcurrentHashMap<>();

  TaskService(Tasks tasks, McpServer server) {
    this.tasks = tasks;
    this.server = server;
    ledger = new Ledger(tasks.store());
    quota = new CallerQuota(ledger, tasks.maxTasksPerCaller());
    requests = new TaskRequests(this);
    feed = new TaskFeed(requests);
  }

  Ledger ledger() {
    return ledger;
  }

  TaskFeed feed() {
    return feed;
  }

  long leaseMillis() {
    return tasks.leaseMillis();
  }

  void log(String message, Throwable failure) {
    FailureLog.log(Attributes.NONE, message, failure);
  }

  // Requests of clients

  @Nullable
  TaskState find(String id, Caller caller) throws IOException {
    return requests.find(id, caller);
  }

  ObjectNode get(String id, Call call) throws IOException {
    return requests.get(id, call);
  }

  void update(String id, Call call, ObjectNode responses) throws IOException {
    requests.update(id, call, responses);
  }

  void cancel(String id, Call call) throws IOException {
    requests.cancel(id, call);
  }

  // Creation

  /** A task that is not stored yet. */
  TaskState draft(Tool tool, ObjectNode arguments, ToolCall call, TaskPolicy policy) {
    long now = System.currentTimeMillis();
    ObjectNode json = Json.object()
        .put("tool", tool.name())
        .put("status", TaskState.WORKING)
        .put("createdAt", now)
        .put("lastUpdatedAt", now)
        .put("ttlMs", Tasks.millis(policy.ttl()))
        .put("pollIntervalMs", Tasks.millis(policy.pollInterval()));
    json.set("caller", RunExchange.toJson(call.caller()));
    for (String scope : tool.requiredScopes()) {
      json.withArrayProperty("scopes").add(scope);
    }
    TraceContext trace = call.trace();
    if (trace.traceparent() != null) {
      json.set("trace", Ledger.inline(RunExchange.toJson(trace)));
    }
    json.set("arguments", Ledger.inline(arguments.deepCopy()));
    json.set("meta", Ledger.inline(call.meta().json().deepCopy()));
    return new TaskState(ledger.newId(), 0, json);
  }

  /** Stores a draft, and starts it. */
  ToolResult create(TaskState draft, ToolCall call) throws IOException {
    TaskState next = draft.next();
    next.release(System.currentTimeMillis() + leaseMillis());
    TaskState created = store(next);
    if (!isGivenUp(created, call)) {
      try {
        start(created);
      } catch (Throwable e) {
        undo(created, e); // the client does not have the id, so no poll would start it again
        throw e;
      }
    }
    return ToolResult.ofType("task", created.view());
  }

  /** Cancels a task whose call was cancelled: no client gets its id. */
  private boolean isGivenUp(TaskState created, ToolCall call) throws IOException {
    if (!call.cancellation().isCancelled()) {
      return false;
    }
    boolean interrupted = Thread.interrupted(); // it would end the work of some stores
    try {
      requests.cancel(created.id(), call);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    return true;
  }

  /** Stores a task whose version is 1. */
  TaskState store(TaskState first) throws IOException {
    if (!quota.take(first.owner(), first.id(), first.expiresAtMillis())) {
      throw new McpException(
              ErrorCode.RATE_LIMITED,
              "You have " + tasks.maxTasksPerCaller()
                  + " unfinished tasks; wait for one to end, or cancel one")
          .http(429, Map.of());
    }
    try {
      ledger.spill(first);
      ledger.create(first);
    } catch (Throwable e) {
      undo(first, e);
      throw e;
    }
    return first;
  }

  /**
   * Removes the records of a failed creation, including the entry that counts towards the caller's
   * limit. Records that cannot be removed stay until they expire.
   */
  private void undo(TaskState state, Throwable why) {
    try {
      quota.free(state.owner(), state.id());
    } catch (IOException | RuntimeException e) {
      why.addSuppressed(e);
    }
    try {
      ledger.delete(state.id());
      ledger.dropOfRuns(state);
    } catch (IOException | RuntimeException e) {
      why.addSuppressed(e);
    }
  }

  void start(TaskState state) throws IOException {
    tasks.executor().start(state.id(), tasks);
  }

  /** Starts a stored task. If that fails, the first poll after its lease starts it. */
  void startLater(TaskState state) {
    try {
      start(state);
    } catch (IOException | RuntimeException e) {
      log("A task could not be started", e);
    }
  }

  /** Runs a call on a separate thread, and makes it a task if it takes longer. */
  ToolResult later(Tool tool, ObjectNode arguments, ToolCall call, TaskPolicy policy)
      throws IOException, InterruptedException {
    TaskRun run = new TaskRun(this, draft(tool, arguments, call, policy), false);
    boolean remote = tasks.executor().isRemote();
    // Observers of the request must not see the run as another request
    Attributes attributes = call.attributes().with(Observer.class, operation -> null);
    TaskThreads.start("mcp-task-draft", () -> runDraft(run, attributes));
    JsonRpcMessage.Response answer;
    try {
      answer = run.await(Tasks.millis(policy.patience()), !remote);
    } catch (Throwable e) {
      run.end(TaskRun.Ending.CANCELLED);
      throw e;
    }
    if (answer instanceof JsonRpcMessage.Result result) {
      return ToolResult.ofType("complete", result.result());
    }
    if (answer instanceof JsonRpcMessage.Failure failure) {
      JsonRpcError error = failure.error();
      throw new McpException(error.code(), error.message(), error.data());
    }
    TaskState state = run.state();
    if (!isGivenUp(state, call) && remote && state.isWorking()) {
      startLater(state);
    }
    return ToolResult.ofType("task", state.view());
  }

  private void runDraft(TaskRun run, Attributes attributes) {
    try {
      run(run, null, attributes);
    } catch (IOException | RuntimeException e) {
      log("The run of a task failed", e);
    }
  }

  /** Runs a call within its request, until it detaches. */
  @Nullable
  ToolResult untilDetached(Tool tool, ObjectNode arguments, ToolCall call, TaskPolicy policy)
      throws Exception {
    TaskState draft = draft(tool, arguments, call, policy);
    RequestCall detachable = new RequestCall(call, draft);
    try {
      ToolResult result = tool.call(arguments, detachable);
      if (!detachable.isDetached()) {
        return result;
      }
    } catch (TaskEnded e) {
      // It is detached
    }
    return create(draft, call);
  }

  // Runs

  /** Claims a task and runs it, if it can run. */
  void run(String id, @Nullable Instant deadline, Attributes attributes) throws IOException {
    TaskState claimed = claim(id);
    if (claimed != null) {
      changed(claimed);
      run(new TaskRun(this, claimed, true), deadline, attributes);
    }
  }

  private void run(TaskRun run, @Nullable Instant deadline, Attributes attributes)
      throws IOException {
    String id = run.state().id();
    runs.put(id, run);
    try {
      Keeper keeper = Keeper.start(run, leaseMillis(), deadline);
      try {
        JsonRpcMessage.Response response = run.handle(deadline, attributes);
        Thread.interrupted(); // an interrupt that a handler left would stop this write
        run.conclude(response);
      } finally {
        keeper.close();
      }
    } finally {
      runs.remove(id, run);
    }
  }

  JsonRpcMessage.Response call(String id, ObjectNode params, RunExchange exchange) {
    return server.handle(
        new JsonRpcMessage.Request(RequestId.of(id), "tools/call", params), exchange);
  }

  private @Nullable TaskState claim(String id) throws IOException {
    while (true) {
      TaskState state = TaskRequests.isId(id) ? ledger.read(id) : null;
      long now = System.currentTimeMillis();
      if (state == null || !state.isWorking() || (state.isClaimed() && state.leaseMillis() > now)) {
        return null;
      }
      TaskState next = state.next();
      boolean alive = countLost(state, next);
      if (alive) {
        next.claim(now + leaseMillis());
      }
      if (ledger.replace(next)) {
        if (!alive) {
          concluded(state, next);
        }
        return alive ? next : null;
      }
    }
  }

  /** Counts a run whose lease has expired. Returns false if the task fails after too many. */
  private boolean countLost(TaskState state, TaskState next) throws IOException {
    if (state.isClaimed()) {
      next.fruitless(state.fruitless() + 1);
    }
    return !giveUp(next);
  }

  private boolean giveUp(TaskState next) throws IOException {
    if (next.fruitless() < tasks.maxAttempts()) {
      return false;
    }
    fail(
        next,
        new JsonRpcError(
            ErrorCode.INTERNAL_ERROR,
            "The task was abandoned: " + next.fruitless()
                + " runs in a row crashed, or reached the end of their time, without a new step"));
    return true;
  }

  /** Starts a task again if it has no run. */
  TaskState revive(TaskState state) throws IOException {
    if (!state.isWorking() || state.leaseMillis() > System.currentTimeMillis()) {
      return state;
    }
    TaskState next = state.next();
    boolean alive = countLost(state, next);
    if (alive) {
      next.release(System.currentTimeMillis() + leaseMillis());
    }
    if (!ledger.replace(next)) {
      TaskState current = ledger.read(state.id());
      return current == null ? state : current;
    }
    concluded(state, next);
    return next;
  }

  /** Continues the task in the next invocation. */
  void handOver(TaskState next, boolean advanced) throws IOException {
    next.fruitless(advanced ? 0 : next.fruitless() + 1);
    if (!giveUp(next)) {
      next.release(System.currentTimeMillis() + leaseMillis());
    }
  }

  // Ends

  /** Writes the answer of the call into a state. */
  void outcome(TaskState next, JsonRpcMessage.Response response) throws IOException {
    if (response instanceof JsonRpcMessage.Failure failure) {
      JsonRpcError error = failure.error();
      int bytes = Json.write(toJson(error)).length;
      fail(next, bytes > tasks.maxResultBytes() ? tooLarge(error.code(), "error", bytes) : error);
      return;
    }
    JsonNode result = ((JsonRpcMessage.Result) response).result();
    int bytes = Json.write(result).length;
    if (bytes > tasks.maxResultBytes()) {
      fail(next, tooLarge(ErrorCode.INTERNAL_ERROR, "result", bytes));
      return;
    }
    next.status(TaskState.COMPLETED, null);
    next.held("outcome", ledger.hold(next.id(), result, next.expiresAt()));
    forget(next);
  }

  private JsonRpcError tooLarge(int code, String what, int bytes) {
    return new JsonRpcError(
        code,
        "The " + what + " has " + bytes + " bytes, the limit of a task is " + tasks.maxResultBytes()
            + "; request less data");
  }

  private static ObjectNode toJson(JsonRpcError error) {
    ObjectNode json = Json.object().put("code", error.code()).put("message", error.message());
    if (error.data() != null) {
      json.set("data", error.data());
    }
    return json;
  }

  private void fail(TaskState next, JsonRpcError error) throws IOException {
    next.status(TaskState.FAILED, error.message());
    next.held("outcome", ledger.hold(next.id(), toJson(error), next.expiresAt()));
    forget(next);
  }

  /** Removes the members that no run needs any more. */
  static void forget(TaskState next) {
    next.release(0);
    for (String member : Ledger.OF_RUNS) {
      next.json().remove(member);
    }
  }

  void dropOutcome(TaskState next) throws IOException {
    ledger.drop(next.held("outcome"));
  }

  /** Called when a state was stored after which the run does not continue. */
  void concluded(TaskState before, TaskState next) {
    changed(next);
    TaskRun run = runs.get(next.id());
    if (run != null && run.state().attempt() <= next.attempt() && !next.isClaimed()) {
      run.end(next.isEnded() ? TaskRun.Ending.CANCELLED : TaskRun.Ending.LOST);
    }
    if (next.isWorking()) {
      startLater(next);
    } else if (next.isEnded()) {
      try {
        quota.free(next.owner(), next.id());
        ledger.dropOfRuns(before);
      } catch (IOException | RuntimeException e) {
        logLeft(e);
      }
    }
  }

  /** Deletes the records of values that no state has any more. */
  void drop(List<ObjectNode> held) {
    try {
      for (ObjectNode each : held) {
        ledger.drop(each);
      }
    } catch (IOException | RuntimeException e) {
      logLeft(e);
    }
  }

  private void logLeft(Exception e) {
    log("Records of an ended task could not be deleted; they remain until they expire", e);
  }

  void changed(TaskState state) {
    feed.changed(state);
  }
}
