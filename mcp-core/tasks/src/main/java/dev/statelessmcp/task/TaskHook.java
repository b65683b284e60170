package dev.statelessmcp.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.extension.ToolCallHook;
import dev.statelessmcp.protocol.Era;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolCall;
import dev.statelessmcp.tool.ToolResult;
import org.jspecify.annotations.Nullable;

/** Converts calls of tools to tasks, and passes a {@link TaskCall} to the runs of tasks. */
final class TaskHook implements ToolCallHook {
  private final Tasks tasks;

  TaskHook(Tasks tasks) {
    this.tasks = tasks;
  }

  @Override
  public @Nullable ToolResult call(Tool tool, ObjectNode arguments, ToolCall call)
      throws Exception {
    TaskPolicy policy = tool.attribute(TaskPolicy.class).orElse(null);
    if (policy == null) {
      return null;
    }
    TaskRun run = call.attributes().get(TaskRun.class).orElse(null);
    if (run != null) {
      return run.serve(tool, arguments, call);
    }
    boolean modern = call.meta().version().era() == Era.MODERN;
    if (modern && policy.kind() == TaskPolicy.REQUIRED) {
      call.requireExtension(Tasks.EXTENSION);
    }
    if (!modern || !call.meta().clientCapabilities().has("extensions", Tasks.EXTENSION)) {
      return call.deadline().isEmpty() ? null : RequestDeadline.call(tool, arguments, call);
    }
    TaskService service = tasks.service();
    return switch (policy.kind()) {
      case TaskPolicy.LONGER_THAN -> service.later(tool, arguments, call, policy);
      case TaskPolicy.ON_DETACH -> service.untilDetached(tool, arguments, call, policy);
      default -> service.create(service.draft(tool, arguments, call, policy), call);
    };
  }
}
