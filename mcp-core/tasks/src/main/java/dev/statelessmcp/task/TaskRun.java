package dev.statelessmcp.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.input.Questions;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.protocol.ClientCapabilities;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.protocol.McpException;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolCall;
import dev.statelessmcp.tool.ToolResult;
import dev.statelessmcp.transport.CancellationSource;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One run of a task: the state, which it may change while it is the newest run, and the reason why
 * it ended. The handler's thread and the {@link Keeper} share it.
 *
 * <p>A run may begin as a draft, which is not stored, while its request still waits.
 */
final class TaskRun {
  /** The reason why a run has ended, or none. */
  enum Ending {
    RUNNING,
    DONE,
    PARKED,
    CANCELLED,
    /** Another run has claimed the task, or will claim it. */
    LOST,
    HANDED_OVER
  }

  private final TaskService service;
  private final Ledger ledger;
  private final CancellationSource cancellation = new CancellationSource();
  private final Set<String> steps = new HashSet<>();

  // Not a monitor, which would pin the carrier of a virtual thread while the store works
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();

  // Guarded by the lock
  private TaskState state;
  private boolean stored;
  private boolean endsSoon;
  private boolean advanced;
  private boolean served;
  private Ending ending = Ending.RUNNING;
  private JsonRpcMessage.@Nullable Response draftAnswer;

  private volatile @Nullable String message; // null if there is nothing new

  TaskRun(TaskService service, TaskState state, boolean stored) {
    this.service = service;
    this.ledger = service.ledger();
    this.state = state;
    this.stored = stored;
  }

  Cancellation cancellation() {
    return cancellation;
  }

  Optional<String> taskId() {
    return Optional.of(state().id());
  }

  TaskState state() {
    lock.lock();
    try {
      return state;
    } finally {
      lock.unlock();
    }
  }

  /** Runs the tool; called by the server that {@link #handle} gave the request to. */
  ToolResult serve(Tool tool, ObjectNode arguments, ToolCall call) throws Exception {
    lock.lock();
    try {
      served = true;
    } finally {
      lock.unlock();
    }
    try {
      return tool.call(arguments, new RunCall(tool, call, this));
    } catch (TaskEnded e) {
      return ToolResult.ofType("task", state().view()); // not read
    }
  }

  /**
   * Sends the call through the server again, so that interceptors, errors and results are those of
   * a call.
   */
  JsonRpcMessage.Response handle(@Nullable Instant deadline, Attributes attributes)
      throws IOException {
    TaskState current = state();
    ObjectNode params = Json.object().put("name", current.json().path("tool").asText());
    params.set("arguments", ledger.fetch(Objects.requireNonNull(current.held("arguments"))));
    params.set("_meta", ledger.fetch(Objects.requireNonNull(current.held("meta"))));
    ObjectNode trace = current.held("trace");
    return service.call(
        current.id(),
        params,
        new RunExchange(
            this,
            current,
            trace == null ? Json.object() : ledger.fetch(trace),
            deadline,
            attributes));
  }

  // Called by the handler

  void message(String text) {
    message = text;
  }

  <T> T step(String name, Class<T> type, Callable<T> body) throws Exception {
    ObjectNode known;
    lock.lock();
    try {
      if (!steps.add(name)) {
        throw new IllegalStateException(
            "step \"" + name + "\" runs twice in one run; use another name");
      }
      requireRunning();
      known = state.step(name);
      if (known == null && endsSoon) {
        ending = Ending.HANDED_OVER;
        throw new TaskEnded();
      }
    } finally {
      lock.unlock();
    }
    if (known != null) {
      return StepType.read(name, type, remembered(known));
    }
    T result = body.call();
    if (result == null) {
      throw new IllegalStateException("step \"" + name + "\" returned null");
    }
    JsonNode json = StepType.write(type, result);
    Json.requireWritable(json);
    remember(name, json);
    return StepType.read(name, type, json);
  }

  private JsonNode remembered(ObjectNode held) {
    try {
      return ledger.fetch(held);
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private void remember(String name, JsonNode result) {
    // An interrupt that the body left would stop the write, and the step would run again
    boolean interrupted = Thread.interrupted();
    lock.lock();
    try {
      requireRunning();
      advanced = true;
      TaskState next = state.next();
      next.fruitless(0);
      next.step(name, hold(result));
      if (stored) {
        store(next);
        requireRunning();
      } else {
        state = new TaskState(next.id(), 0, next.json());
      }
    } catch (IOException e) {
      throw unreachable(e);
    } finally {
      lock.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private ObjectNode hold(JsonNode value) throws IOException {
    return stored ? ledger.hold(state.id(), value, state.expiresAt()) : Ledger.inline(value);
  }

  void ask(Map<String, Questions.Asked<?>> questions, ClientCapabilities client) {
    lock.lock();
    try {
      requireRunning();
      String problem = null;
      List<String> open = new ArrayList<>();
      ObjectNode missing = Json.object();
      for (Map.Entry<String, Questions.Asked<?>> each : questions.entrySet()) {
        ObjectNode held = state.answer(each.getKey());
        String wrong = null;
        if (held != null && ledger.fetch(held) instanceof ObjectNode answer) {
          wrong = each.getValue().take(answer).orElse("");
        }
        if (wrong == null || !wrong.isEmpty()) {
          open.add(each.getKey());
          if (!each.getValue().question().kind().isDeclaredBy(client)) {
            each.getValue().question().kind().addTo(missing);
          }
          problem = wrong == null ? problem : "The answer was not valid: " + wrong;
        }
      }
      if (!missing.isEmpty()) {
        throw McpException.missingCapability(missing);
      }
      if (!open.isEmpty()) {
        park(open, questions, problem);
      }
    } catch (IOException e) {
      throw unreachable(e);
    } finally {
      lock.unlock();
    }
  }

  private void park(
      List<String> open, Map<String, Questions.Asked<?>> questions, @Nullable String problem)
      throws IOException {
    TaskState next = state.next();
    List<ObjectNode> refused = new ArrayList<>();
    for (String key : open) {
      ObjectNode answer = next.answer(key);
      if (answer != null) {
        refused.add(answer);
        next.answer(key, null);
      }
      Questions.Asked<?> asked = questions.get(key);
      if (asked != null && !next.isAsked(key)) {
        next.question(key, asked.question().method(), hold(asked.question().params()));
      }
    }
    next.status(TaskState.INPUT_REQUIRED, problem);
    next.fruitless(0);
    next.release(0);
    if (stored) {
      store(next);
      requireRunning();
    } else {
      state = service.store(next);
      stored = true;
    }
    ending = Ending.PARKED;
    ended.signalAll();
    service.drop(refused); // a client can send as many answers that are not valid as it likes
    throw new TaskEnded();
  }

  private void requireRunning() {
    if (ending != Ending.RUNNING) {
      throw new TaskEnded();
    }
  }

  /**
   * Called if all retries of the store have failed: the task is run again from its stored state.
   */
  private TaskEnded unreachable(IOException e) {
    service.log("The task store failed; the run ends", e);
    end(Ending.LOST);
    return new TaskEnded();
  }

  /** Stores the next state with a new lease and message, or detects that the run has ended. */
  private void store(TaskState next) throws IOException {
    String text = message;
    if (text != null && next.isWorking()) {
      next.message(text);
    }
    if (next.isClaimed()) {
      next.lease(System.currentTimeMillis() + service.leaseMillis());
    }
    if (ledger.replace(next)) {
      state = next;
      message = text == null || !text.equals(message) ? message : null;
      service.changed(next);
    } else {
      overtaken(ledger.read(next.id()));
    }
  }

  private void overtaken(@Nullable TaskState by) {
    boolean cancelled = by != null && by.status().equals(TaskState.CANCELLED);
    ending = cancelled ? Ending.CANCELLED : Ending.LOST;
    ended.signalAll();
  }

  // Called by the keeper

  /** Renews the lease if it is due, stores a new message, and checks whether the run has ended. */
  void keep() {
    boolean over;
    lock.lock();
    try {
      if (ending != Ending.RUNNING || !stored) {
        return;
      }
      long left = state.leaseMillis() - System.currentTimeMillis();
      try {
        boolean clockWentBack = left > service.leaseMillis();
        if (message != null || clockWentBack || left < service.leaseMillis() * 2 / 3) {
          store(state.next());
        } else {
          TaskState current = ledger.read(state.id());
          if (current == null || current.version() != state.version()) {
            overtaken(current);
          }
        }
      } catch (IOException e) {
        if (state.leaseMillis() < System.currentTimeMillis()) {
          service.log("The task store failed until the lease of a run expired", e);
          ending = Ending.LOST;
        }
      }
      over = ending != Ending.RUNNING;
    } finally {
      lock.unlock();
    }
    if (over) {
      cancellation.cancel();
    }
  }

  /**
   * Called if the keeper fails, for example because the store denies access: the run loses its
   * lease.
   */
  void keeperFailed(Throwable e) {
    service.log("The lease of a task cannot be renewed; its run ends", e);
    end(Ending.LOST);
  }

  void endsSoon() {
    lock.lock();
    try {
      endsSoon = true;
    } finally {
      lock.unlock();
    }
  }

  /** Ends the run, if it has not ended, and interrupts its handler. */
  void end(Ending how) {
    lock.lock();
    try {
      if (ending != Ending.RUNNING) {
        return;
      }
      ending = how;
      ended.signalAll();
    } finally {
      lock.unlock();
    }
    cancellation.cancel();
  }

  boolean isRunning() {
    lock.lock();
    try {
      return ending == Ending.RUNNING;
    } finally {
      lock.unlock();
    }
  }

  // The outcome

  /** Stores the answer of the handler, or hands the task over. */
  void conclude(JsonRpcMessage.Response response) throws IOException {
    TaskState before;
    TaskState next;
    lock.lock();
    try {
      if (!stored && ending == Ending.RUNNING) {
        draftAnswer = response;
        ending = Ending.DONE;
        ended.signalAll();
        return;
      }
      if (ending != Ending.RUNNING && ending != Ending.HANDED_OVER) {
        return;
      }
      before = state;
      next = state.next();
      if (ending == Ending.HANDED_OVER) {
        service.handOver(next, advanced);
      } else if (!served && isRateLimited(response)) {
        next.release(System.currentTimeMillis() + service.leaseMillis()); // a poll starts it then
        ending = Ending.LOST;
      } else {
        service.outcome(next, response);
        ending = Ending.DONE;
      }
      if (!ledger.replace(next)) {
        service.dropOutcome(next);
        return;
      }
      state = next;
      if (ending == Ending.LOST) {
        return;
      }
    } finally {
      lock.unlock();
    }
    service.concluded(before, next);
  }

  private static boolean isRateLimited(JsonRpcMessage.Response response) {
    return response instanceof JsonRpcMessage.Failure failure
        && failure.error().code() == ErrorCode.RATE_LIMITED;
  }

  /**
   * Waits for a draft, and stores it if it takes longer.
   *
   * @return the answer; null if there is a task now
   */
  JsonRpcMessage.@Nullable Response await(long millis, boolean goesOn)
      throws InterruptedException, IOException {
    long left = TimeUnit.MILLISECONDS.toNanos(millis);
    boolean stopped = false;
    lock.lock();
    try {
      while (ending == Ending.RUNNING && left > 0) {
        left = ended.awaitNanos(left);
      }
      if (ending == Ending.RUNNING) {
        TaskState next = state.next();
        String text = message;
        if (text != null) {
          next.message(text);
        }
        long lease = System.currentTimeMillis() + service.leaseMillis();
        if (goesOn) {
          next.claim(lease);
        } else {
          next.release(lease);
          ending = Ending.LOST; // the task runs in another process, from its start
          stopped = true;
        }
        state = service.store(next);
        stored = true;
      }
      return draftAnswer;
    } finally {
      lock.unlock();
      if (stopped) {
        cancellation.cancel();
      }
    }
  }
}
