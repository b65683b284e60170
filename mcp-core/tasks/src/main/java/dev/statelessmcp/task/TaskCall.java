package dev.statelessmcp.task;

import dev.statelessmcp.tool.ToolCall;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * The call of a tool that may run as a task: it has steps, whose results are stored, and can detach
 * from its request.
 *
 * <pre>{@code
 * Tool.of("order", "Orders it", Order.class, (order, call) -> {
 *   TaskCall task = TaskCall.of(call);
 *   Receipt receipt = task.step("charge", Receipt.class, () -> payments.charge(order));
 *   Address address = call.ask("address", Question.form("Where to?", Address.class));
 *   String parcel = task.step("ship", String.class, () -> shipping.send(order, address));
 *   return ToolResult.text(receipt.number() + " " + parcel);
 * }).asks(QuestionKind.FORM).apply(TaskPolicy.whenSupported());
 * }</pre>
 *
 * <p>In a task {@link #progress} sets the status message, {@link #log} does nothing, and
 * {@link #ask} suspends the task: no thread waits, and the answer starts the handler again from its
 * start. The same happens after a crash, or when an invocation is about to end. Completed steps and
 * answered questions return their stored results. Code outside of steps runs each time, so it
 * should be fast and without effects.
 *
 * <p>The <em>effect</em> of a step happens at least once: a process may die after the effect and
 * before the result is stored. Its <em>result</em> is stored at most once: of two runs only the
 * newer one can write. Make effects idempotent, for example with a key of {@link #taskId} and the
 * name of the step.
 *
 * <p>{@link #cancellation} is cancelled, and the thread interrupted, when the client cancels the
 * task, when another run has taken it over, and when the invocation is about to end. {@code step}
 * and {@code ask} then end the handler with an {@code Error}; do not catch it.
 */
public interface TaskCall extends ToolCall {

  /**
   * Returns the task view of a call. Outside of a task, and if the tool has no policy,
   * {@link #step} only runs its body and {@link #detach} does nothing.
   *
   * @param call the call of the handler; not null
   * @return never null
   */
  static TaskCall of(ToolCall call) {
    return call instanceof TaskCall task ? task : new RequestCall(call, null);
  }

  /**
   * The id of the task.
   *
   * @return empty if the call runs within its request
   */
  Optional<String> taskId();

  /**
   * Runs a step, or returns its stored result of an earlier run of the task.
   *
   * <p>If tasks run in functions, a step should be shorter than a tenth of an invocation: near the
   * end of its invocation a run begins no step and continues in the next one, and an interrupted
   * step is repeated.
   *
   * @param name identifies the step; unique in the run, and the same in every run; not null
   * @param type a record, {@code String}, {@code Boolean}, {@code Integer}, {@code Long},
   *     {@code Double}, or a class of JSON trees such as {@code ObjectNode}; not null
   * @param body does the work and returns the result; not null
   * @param <T> the type of the result, which is stored as JSON
   * @return the result, read from that JSON; not null
   * @throws Exception if the body throws it; no result is stored
   * @throws IllegalArgumentException if the type is not supported
   * @throws IllegalStateException if the run already had a step with that name
   */
  <T> T step(String name, Class<T> type, Callable<T> body) throws Exception;

  /**
   * Makes the call a task, if the tool has the policy {@link TaskPolicy#onDetach} and the client
   * declares the extension: the request is answered, and the handler runs in the task from its
   * start. Earlier answers and results of steps are kept. Otherwise, and in a task, it does
   * nothing.
   */
  void detach();
}
