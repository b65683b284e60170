package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.JsonRpcError;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.RequestId;
import dev.statelessmcp.transport.LegacyConnection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A legacy connection whose client has prepared its answers. */
public final class TestConnection extends LegacyConnection {
  public final List<String> pushed = new ArrayList<>();
  public final List<String> asked = new ArrayList<>();
  private final Deque<ObjectNode> answers = new ArrayDeque<>();

  public TestConnection answer(String json) {
    answers.add(TestClient.json(json));
    return this;
  }

  @Override
  public void push(JsonRpcMessage.Notification notification) {
    pushed.add(notification.method() + " " + Json.text(notification.params()));
  }

  JsonRpcMessage.Response ask(String method) {
    asked.add(method);
    ObjectNode answer = answers.poll();
    RequestId id = RequestId.of("asked");
    return answer == null
        ? new JsonRpcMessage.Failure(id, new JsonRpcError(-1, "no more answers", null))
        : new JsonRpcMessage.Result(id, answer);
  }
}
