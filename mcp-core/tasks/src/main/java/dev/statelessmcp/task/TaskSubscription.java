package dev.statelessmcp.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.statelessmcp.call.Call;
import dev.statelessmcp.extension.ExtensionSubscription;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.protocol.McpException;
import dev.statelessmcp.subscription.Registration;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code taskIds} of {@code subscriptions/listen}: {@code notifications/tasks} for these tasks. */
final class TaskSubscription implements ExtensionSubscription {
  private static final int MOST = 100;

  private final Tasks tasks;

  TaskSubscription(Tasks tasks) {
    this.tasks = tasks;
  }

  @Override
  public @Nullable JsonNode accept(JsonNode wanted, Call call) throws IOException {
    if (!wanted.isArray() || wanted.size() > MOST) {
      throw McpException.invalidParams(
          "params.notifications.taskIds must be an array of at most " + MOST + " ids");
    }
    Set<String> ids = new LinkedHashSet<>();
    Set<String> scopes = new LinkedHashSet<>();
    for (JsonNode id : wanted) {
      if (!id.isTextual()) {
        throw McpException.invalidParams("params.notifications.taskIds must have only strings");
      }
      TaskState state = tasks.service().find(id.textValue(), call.caller());
      if (state != null) {
        ids.add(id.textValue());
        scopes.addAll(state.scopes());
      }
    }
    call.requireScopes(List.copyOf(scopes));
    ArrayNode accepted = Json.array();
    for (String id : ids) {
      accepted.add(id);
    }
    return accepted.isEmpty() ? null : accepted;
  }

  @Override
  public Registration open(
      JsonNode accepted, Call call, Consumer<JsonRpcMessage.Notification> sink, Runnable end)
      throws IOException {
    List<Registration> open = new ArrayList<>();
    Registration all = () -> {
      for (Registration each : open) {
        each.close();
      }
    };
    AtomicInteger left = new AtomicInteger(accepted.size());
    Runnable ended = () -> {
      if (left.decrementAndGet() == 0) {
        end.run();
      }
    };
    try {
      for (JsonNode id : accepted) {
        TaskState state = tasks.service().find(id.textValue(), call.caller());
        if (state == null) { // it has expired
          ended.run();
        } else {
          open.add(tasks.service().feed().watch(state, sink, ended));
        }
      }
    } catch (Throwable e) {
      all.close();
      throw e;
    }
    return all;
  }
}
