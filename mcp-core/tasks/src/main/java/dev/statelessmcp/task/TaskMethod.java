package dev.statelessmcp.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Call;
import dev.statelessmcp.extension.ExtensionMethod;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.McpException;
import java.io.IOException;

/** {@code tasks/get}, {@code tasks/update} and {@code tasks/cancel}. */
final class TaskMethod implements ExtensionMethod.Handler {
  static final String GET = "tasks/get";
  static final String UPDATE = "tasks/update";
  static final String CANCEL = "tasks/cancel";

  private final String name; // cold start: one class for the three
  private final Tasks tasks;

  TaskMethod(String name, Tasks tasks) {
    this.name = name;
    this.tasks = tasks;
  }

  @Override
  public ObjectNode serve(ObjectNode params, Call call) throws IOException {
    if (!params.path("taskId").isTextual()) {
      throw McpException.invalidParams("params.taskId must be a string");
    }
    String id = params.path("taskId").textValue();
    if (name.equals(GET)) {
      return tasks.service().get(id, call);
    }
    if (name.equals(CANCEL)) {
      tasks.service().cancel(id, call);
    } else if (params.get("inputResponses") instanceof ObjectNode responses) {
      tasks.service().update(id, call, responses);
    } else {
      throw McpException.invalidParams("params.inputResponses must be an object");
    }
    return Json.object(); // "an empty acknowledgement"
  }
}
