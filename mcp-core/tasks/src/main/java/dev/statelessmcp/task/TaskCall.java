package dev.statelessmcp.task;

import dev.statelessmcp.tool.ToolCall;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * The call of a tool that may run as a task: steps whose results are remembered, and the way out of
 * the request.
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
 * {@link #ask} parks the task: no thread waits, and the answer starts the handler again from its
 * top. The same happens after a crash, or when an invocation is about to end. Steps and questions
 * that are done return what is remembered. Code outside of steps runs each time, so it should be
 * quick and without effects.
 *
 * <p>The <em>effect</em> of a step happens at least once: a process may die after the effect and
 * before it is remembered. Its <em>result</em> is remembered at most once: of two runs only the
 * newer one can write anything. Make effects idempotent, for example by a key made of
 * {@link #taskId} and the name of the step.
 *
 * <p>{@link #cancellation} is cancelled, and the thread interrupted, when the client cancels the
 * task, when another run has taken it over, and when the invocation is about to end. {@code step}
 * and {@code ask} then end the handler by an {@code Error}, which must not be caught.
 */
public interface TaskCall extends ToolCall {

  /**
   * The call of a handler as one that may run as a task. Outside of a task, and where the tool has
   * no policy, {@link #step} simply runs its body and {@link #detach} does nothing.
   *
   * @param call the call that a handler was given; not null
   * @return never null
   */
  static TaskCall of(ToolCall call) {
    return call instanceof TaskCall task ? task : new RequestCall(call, null);
  }

  /**
   * The id of the task.
   *
   * @return empty if the call runs inside its request
   */
  Optional<String> taskId();

  /**
   * Runs a step, or returns what it returned in an earlier run of the task.
   *
   * <p>A step should be shorter than a tenth of an invocation where tasks run in functions: a run
   * that nears the end of its invocation is continued by the next one before it begins a step, and
   * a step that is cut off is repeated.
   *
   * @param name names the step; the same in every run, and unique in it; not null
   * @param type a record, {@code String}, {@code Boolean}, {@code Integer}, {@code Long},
   *     {@code Double}, or a class of JSON trees such as {@code ObjectNode}; not null
   * @param body does the work and returns the result; not null
   * @param <T> the type of the result, which is remembered as JSON
   * @return the result, read from that JSON; not null
   * @throws Exception what the body throws; nothing is remembered then
   * @throws IllegalArgumentException if the type is none of these
   * @throws IllegalStateException if the run had a step of that name before
   */
  <T> T step(String name, Class<T> type, Callable<T> body) throws Exception;

  /**
   * Makes the call a task from here on, if the tool has the policy {@link TaskPolicy#onDetach} and
   * the client declares the extension: the request is answered, and the handler starts in the task
   * from its top. Answers and steps until here are remembered. Does nothing otherwise, and in a
   * task.
   */
  void detach();
}
