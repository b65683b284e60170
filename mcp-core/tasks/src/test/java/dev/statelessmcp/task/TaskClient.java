package dev.statelessmcp.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.test.TestAnswer;
import java.util.Map;

/** A client that knows tasks. */
final class TaskClient {
  final McpTestClient client;

  TaskClient(McpTestClient client) {
    this.client = client.capabilities(capabilities());
  }

  static ObjectNode capabilities() {
    ObjectNode capabilities = Json.object();
    capabilities.putObject("elicitation").putObject("form");
    capabilities.putObject("extensions").putObject(Tasks.EXTENSION);
    return capabilities;
  }

  /** Calls a tool whose call becomes a task; returns its id. */
  String create(String tool) {
    return create(tool, Map.of());
  }

  String create(String tool, Map<String, ?> arguments) {
    return client.call(tool, arguments).has("/resultType", "task").at("/taskId").asText();
  }

  TestAnswer get(String id) {
    return request("tasks/get", id);
  }

  TestAnswer cancel(String id) {
    return request("tasks/cancel", id);
  }

  TestAnswer request(String method, String id) {
    return client.request(method, Json.object().put("taskId", id));
  }

  TestAnswer update(String id, ObjectNode responses) {
    ObjectNode params = Json.object().put("taskId", id);
    params.set("inputResponses", responses);
    return client.request("tasks/update", params);
  }

  /** Accepts a form. */
  static ObjectNode accept(Map<String, String> content) {
    ObjectNode answer = Json.object().put("action", "accept");
    ObjectNode form = answer.putObject("content");
    content.forEach(form::put);
    return answer;
  }

  /** The only key of the questions that are open. */
  String onlyKey(String id) {
    ObjectNode open = (ObjectNode) get(id).at("/inputRequests");
    if (open.size() != 1) {
      throw new AssertionError("there must be one open question, were " + Json.text(open));
    }
    return open.fieldNames().next();
  }

  /** Answers the only open question. */
  void answerOnly(String id, Map<String, String> content) {
    ObjectNode responses = Json.object();
    responses.set(onlyKey(id), accept(content));
    update(id, responses).isResult();
  }

  /** Polls until the task has a status. */
  TestAnswer await(String id, String status) throws InterruptedException {
    for (int i = 0; i < 2000; i++) {
      TestAnswer answer = get(id);
      if (answer.at("/status").asText().equals(status)) {
        return answer;
      }
      Thread.sleep(10);
    }
    throw new AssertionError(id + " did not become " + status + ": " + get(id));
  }
}
