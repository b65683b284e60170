package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.JsonRpcError;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.RequestId;
import dev.statelessmcp.protocol.LogLevel;
import dev.statelessmcp.transport.LegacyConnection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A legacy connection whose client has its answers ready. */
public final class TestConnection implements LegacyConnection {
  public final List<String> pushed = new ArrayList<>();
  public final List<String> asked = new ArrayList<>();
  private final Deque<ObjectNode> answers = new ArrayDeque<>();
  private final Set<String> subscriptions = ConcurrentHashMap.newKeySet();
  private LogLevel level = LogLevel.INFO;

  public TestConnection answer(String json) {
    answers.add(TestClient.json(json));
    return this;
  }

  @Override
  public void push(JsonRpcMessage.Notification notification) {
    pushed.add(notification.method() + " " + Json.text(notification.params()));
  }

  @Override
  public JsonRpcMessage.Response request(
      String method, ObjectNode params, Cancellation cancellation) {
    asked.add(method);
    ObjectNode answer = answers.poll();
    RequestId id = RequestId.of("asked");
    return answer == null
        ? new JsonRpcMessage.Failure(id, new JsonRpcError(-1, "no more answers", null))
        : new JsonRpcMessage.Result(id, answer);
  }

  @Override
  public LogLevel logLevel() {
    return level;
  }

  @Override
  public void setLogLevel(LogLevel newLevel) {
    level = newLevel;
  }

  @Override
  public Set<String> subscriptions() {
    return subscriptions;
  }
}
