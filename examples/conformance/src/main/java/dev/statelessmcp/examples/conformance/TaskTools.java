package dev.statelessmcp.examples.conformance;

import dev.statelessmcp.input.DeclinedException;
import dev.statelessmcp.input.Question;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.input.Questions;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.protocol.McpException;
import dev.statelessmcp.schema.Default;
import dev.statelessmcp.schema.Range;
import dev.statelessmcp.task.TaskCall;
import dev.statelessmcp.task.TaskPolicy;
import dev.statelessmcp.tool.NoArguments;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolCall;
import dev.statelessmcp.tool.ToolException;
import dev.statelessmcp.tool.ToolResult;
import java.time.Duration;
import java.util.List;

/** Tools whose calls become tasks, and another tool that the task scenarios call. */
final class TaskTools {
  private static final TaskPolicy SUPPORTED = policy(TaskPolicy.whenSupported());
  private static final TaskPolicy REQUIRED = policy(TaskPolicy.required());

  private TaskTools() {}

  private static TaskPolicy policy(TaskPolicy policy) {
    return policy.ttl(Duration.ofMinutes(10)).pollInterval(Duration.ofMillis(200));
  }

  record Greet(@Default("World") String name) {}

  record Compute(
      @Range(min = 0, max = 600) int seconds, @Default("") String label) {}

  record File(String filename) {}

  record Confirmation(boolean confirm) {}

  record Name(String name) {}

  /** Both questions have the same form, because the suite answers both alike. */
  record Reply(String name, boolean confirm) {}

  static List<Tool> all() {
    return List.of(
        Tool.of(
            "greet",
            "Greets someone by name",
            Greet.class,
            (in, call) -> ToolResult.text("Hello, " + in.name() + "!")),
        Tool.of("slow_compute", "Computes for some seconds", Compute.class, TaskTools::compute)
            .apply(SUPPORTED),
        Tool.of("failing_job", "Fails after a second", NoArguments.class, (in, call) -> {
              Thread.sleep(1000);
              throw new ToolException("The job failed");
            })
            .apply(REQUIRED),
        Tool.of(
                "protocol_error_job",
                "Ends with a JSON-RPC error",
                NoArguments.class,
                (in, call) -> {
                  throw new McpException(ErrorCode.INTERNAL_ERROR, "The job broke");
                })
            .apply(SUPPORTED),
        Tool.of(
                "confirm_delete",
                "Deletes a file if the user agrees",
                File.class,
                TaskTools::delete)
            .mayAsk(QuestionKind.FORM)
            .apply(SUPPORTED),
        Tool.of("multi_input", "Asks two questions at once", NoArguments.class, TaskTools::askTwo)
            .mayAsk(QuestionKind.FORM)
            .apply(SUPPORTED),
        Tool.of(
                "test_tool_with_task",
                "Asks for a name, then greets it in a task",
                NoArguments.class,
                TaskTools::askThenGreet)
            .asks(QuestionKind.FORM)
            .apply(policy(TaskPolicy.onDetach())));
  }

  private static ToolResult compute(Compute in, ToolCall call) throws InterruptedException {
    for (int second = 0; second < in.seconds(); second++) {
      call.progress(second, in.seconds(), null);
      Thread.sleep(1000);
    }
    return ToolResult.text("Computed " + in.label() + " in " + in.seconds() + " s");
  }

  private static ToolResult delete(File in, ToolCall call) throws InterruptedException {
    try {
      Confirmation answer =
          call.ask("confirm", Question.form("Delete " + in.filename() + "?", Confirmation.class));
      return ToolResult.text((answer.confirm() ? "Deleted " : "Kept ") + in.filename());
    } catch (DeclinedException e) {
      return ToolResult.text("Kept " + in.filename());
    }
  }

  private static ToolResult askTwo(NoArguments in, ToolCall call)
      throws DeclinedException, InterruptedException {
    Questions questions = new Questions();
    Questions.Asked<Reply> first = questions.add("first", Question.form("Who?", Reply.class));
    Questions.Asked<Reply> second =
        questions.add("second", Question.form("And who else?", Reply.class));
    call.ask(questions);
    return ToolResult.text(first.answer().name() + " and " + second.answer().name());
  }

  private static ToolResult askThenGreet(NoArguments in, ToolCall call)
      throws DeclinedException, InterruptedException {
    Name name = call.ask("user_name", Question.form("What is your name?", Name.class));
    TaskCall.of(call).detach();
    Thread.sleep(500);
    return ToolResult.text("Hello, " + name.name() + "!");
  }
}
