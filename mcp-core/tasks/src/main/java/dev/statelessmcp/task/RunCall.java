package dev.statelessmcp.task;

import dev.statelessmcp.input.Question;
import dev.statelessmcp.input.Questions;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolCall;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The call of a handler in a run of a task. */
final class RunCall extends ForwardingCall {
  private final Tool tool;
  private final TaskRun run;

  RunCall(Tool tool, ToolCall call, TaskRun run) {
    super(call);
    this.tool = tool;
    this.run = run;
  }

  @Override
  public Optional<String> taskId() {
    return run.taskId();
  }

  @Override
  public void progress(double progress, double total, @Nullable String message) {
    if (message != null) {
      run.message(message);
    } else if (Double.isFinite(progress)) {
      run.message(total > 0 ? text(progress) + " of " + text(total) : text(progress));
    }
  }

  private static String text(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }

  @Override
  public void ask(Questions questions) {
    for (Questions.Asked<?> each : questions.all().values()) {
      Question<?> question = each.question();
      if (!tool.requiredQuestions().contains(question.kind())
          && !tool.optionalQuestions().contains(question.kind())) {
        throw new IllegalStateException("the handler asks a question of kind " + question.kind()
            + " and does not declare it; call asks or mayAsk");
      }
    }
    run.ask(questions.all(), call.meta().clientCapabilities());
  }

  @Override
  public <T> T step(String name, Class<T> type, Callable<T> body) throws Exception {
    StepType.check(type);
    return run.step(name, type, body);
  }

  @Override
  public void detach() {
    // It is already detached
  }
}
