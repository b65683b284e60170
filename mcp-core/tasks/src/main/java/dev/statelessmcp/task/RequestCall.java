package dev.statelessmcp.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.input.Questions;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.tool.ToolCall;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A call within its request. With a draft of a task it stores steps and answers, until the handler
 * detaches.
 */
final class RequestCall extends ForwardingCall {
  private final @Nullable TaskState draft;
  private volatile boolean detached;

  RequestCall(ToolCall call, @Nullable TaskState draft) {
    super(call);
    this.draft = draft;
  }

  @Override
  public Optional<String> taskId() {
    return Optional.empty();
  }

  @Override
  public <T> T step(String name, Class<T> type, Callable<T> body) throws Exception {
    StepType.check(type);
    T result = body.call();
    if (draft == null) {
      return result;
    }
    synchronized (draft) {
      if (draft.step(name) != null) {
        throw new IllegalStateException(
            "step \"" + name + "\" runs twice in one run; use another name");
      }
      ObjectNode held = Json.object();
      held.set("value", StepType.write(type, result));
      draft.step(name, held);
      return StepType.read(name, type, held.path("value"));
    }
  }

  @Override
  public void ask(Questions questions) throws InterruptedException {
    call.ask(questions);
    if (draft != null) {
      synchronized (draft) {
        for (Map.Entry<String, Questions.Asked<?>> each : questions.all().entrySet()) {
          ObjectNode held = Json.object();
          each.getValue().response().ifPresent(answer -> {
            held.set("value", answer);
            draft.answer(each.getKey(), held);
          });
        }
      }
    }
  }

  @Override
  public void detach() {
    if (draft != null) {
      detached = true;
      throw new TaskEnded();
    }
  }

  boolean isDetached() {
    return detached;
  }
}
