package dev.statelessmcp.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.ProtocolVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules of members: what they find, and that they say what the official schemas say. */
class MemberRulesTest {
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      tools/list | {"tools":[{"name":"a"}]} | 2025-11-25 | result.tools[0].inputSchema is required (Tool)
      tools/list | {"tools":[{"name":"a","inputSchema":{"type":"array"}}]} | 2024-11-05 | result.tools[0].inputSchema.type must be "object", was "array"
      tools/list | {"tools":{}} | 2025-06-18 | result.tools must be an array, was {}
      tools/call | {"content":[{"type":"audio","data":"","mimeType":"a/b"}]} | 2024-11-05 | result.content[0].type must be one of [image, resource, text], was "audio"
      tools/call | {"content":[{"type":"audio","data":"","mimeType":"a/b"}]} | 2025-03-26 |
      tools/call | {"content":[]} | 2026-07-28 | result.resultType is required (CallToolResult)
      tools/call | {"content":[],"resultType":"complete","structuredContent":1} | 2026-07-28 |
      tools/call | {"content":[],"structuredContent":1} | 2025-06-18 | result.structuredContent must be an object, was 1
      tools/call | {"resultType":"input_required"} | 2026-07-28 | result must have inputRequests or requestState
      tools/call | {"resultType":"input_required","inputRequests":{"a":{"method":"roots/list"}}} | 2026-07-28 |
      tools/call | {"resultType":"input_required","inputRequests":{"a":{"method":"elicitation/create","params":{"message":"m"}}}} | 2026-07-28 | result.inputRequests.a.params.requestedSchema is required (ElicitRequestFormParams)
      tools/call | {"resultType":"task"} | 2026-07-28 | task.taskId is required (CreateTaskResult); task.status is required (CreateTaskResult); task.createdAt is required (CreateTaskResult); task.lastUpdatedAt is required (CreateTaskResult); task.ttlMs is required (CreateTaskResult)
      tools/call | {"resultType":"deferred"} | 2026-07-28 |
      tools/call | {"resultType":"task","status":"working","taskId":"a","createdAt":"2026-01-01T00:00:00Z","lastUpdatedAt":"2026-01-01T00:00:00Z","ttlMs":null} | 2026-07-28 |
      tools/call | {"resultType":"task","status":"input_required","taskId":"a","createdAt":"2026-01-01T00:00:00Z","lastUpdatedAt":"2026-01-01T00:00:00Z","ttlMs":null,"pollIntervalMs":5000,"statusMessage":"m"} | 2026-07-28 |
      tools/call | {"resultType":"task","status":"ready","taskId":"a","createdAt":"2026-01-01T00:00:00Z","lastUpdatedAt":"2026-01-01T00:00:00Z","ttlMs":null} | 2026-07-28 | task.status must be one of [working, input_required, completed, failed, cancelled], was "ready"
      tools/call | {"resultType":"task","status":"working","taskId":1,"createdAt":"yesterday","lastUpdatedAt":0,"ttlMs":1.5,"pollIntervalMs":"1"} | 2026-07-28 | task.taskId must be a string, was 1; task.createdAt must be a time such as 2026-07-28T12:00:00Z, was "yesterday"; task.lastUpdatedAt must be a time such as 2026-07-28T12:00:00Z, was 0; task.ttlMs must be an integer or null, was 1.5; task.pollIntervalMs must be an integer, was "1"
      prompts/get | {"resultType":"task","status":"working","taskId":"a","createdAt":"2026-01-01T00:00:00Z","lastUpdatedAt":"2026-01-01T00:00:00Z","ttlMs":null} | 2026-07-28 | result.resultType must not be "task": only a tools/call becomes a task
      tasks/get | {"resultType":"task","status":"working","taskId":"a","createdAt":"2026-01-01T00:00:00Z","lastUpdatedAt":"2026-01-01T00:00:00Z","ttlMs":null} | 2026-07-28 | result.resultType must not be "task": only a tools/call becomes a task
      tasks/get | {"resultType":"complete","status":"working","taskId":"a","createdAt":"2026-01-01T00:00:00Z","lastUpdatedAt":"2026-01-01T00:00:00Z","ttlMs":null} | 2026-07-28 |
      tasks/get | {"status":"cancelled","taskId":"a","createdAt":"2026-01-01T00:00:00Z","lastUpdatedAt":"2026-01-01T00:00:00Z","ttlMs":null} | 2026-07-28 | result.resultType is required (GetTaskResult)
      tasks/get | {"resultType":"complete","status":"completed","taskId":"a","createdAt":"2026-01-01T00:00:00Z","lastUpdatedAt":"2026-01-01T00:00:00Z","ttlMs":null,"result":{"resultType":"complete","content":[]}} | 2026-07-28 |
      tasks/get | {"resultType":"complete","status":"completed","taskId":"a","createdAt":"2026-01-01T00:00:00Z","lastUpdatedAt":"2026-01-01T00:00:00Z","ttlMs":null,"result":{"resultType":"task","content":[{"type":"text"}]}} | 2026-07-28 | task.result.content[0].text is required (TextContent); task.result.resultType must be "complete", was "task"
      tasks/get | {"resultType":"complete","status":"completed","taskId":"a","createdAt":"2026-01-01T00:00:00Z","lastUpdatedAt":"2026-01-01T00:00:00Z","ttlMs":null} | 2026-07-28 | task.result is required (CompletedTask)
      tasks/get | {"resultType":"complete","status":"failed","taskId":"a","createdAt":"2026-01-01T00:00:00Z","lastUpdatedAt":"2026-01-01T00:00:00Z","ttlMs":null,"error":{"code":1}} | 2026-07-28 | task.error.message is required (Error)
      tasks/get | {"resultType":"complete","status":"input_required","taskId":"a","createdAt":"2026-01-01T00:00:00Z","lastUpdatedAt":"2026-01-01T00:00:00Z","ttlMs":null,"inputRequests":{"k":{"method":"elicitation/create","params":{"message":"m"}}}} | 2026-07-28 | task.inputRequests.k.params.requestedSchema is required (ElicitRequestFormParams)
      tasks/update | {"resultType":"complete"} | 2026-07-28 |
      tasks/cancel | {"resultType":"task"} | 2026-07-28 | result.resultType must not be "task": only a tools/call becomes a task
      tasks/cancel | {} | 2026-07-28 | result.resultType is required (CancelTaskResult)
      resources/read | {"contents":[{"uri":"a:b"}]} | 2025-11-25 | result.contents[0] must have one of [blob, text]
      resources/read | {"contents":[],"resultType":"complete","ttlMs":1.5,"cacheScope":"all"} | 2026-07-28 | result.ttlMs must be an integer, was 1.5; result.cacheScope must be "public" or "private", was "all"
      prompts/get | {"messages":[{"role":"system","content":{"type":"text","text":"a"}}]} | 2025-11-25 | result.messages[0].role must be one of [user, assistant], was "system"
      other/method | {} | 2025-11-25 |
      """)
  void faultsAreFound(String method, String result, String version, String expected) {
    ProtocolVersion revision = ProtocolVersion.of(version).orElseThrow();
    JsonNode answer = Json.parse("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":" + result + "}");
    List<String> own = new ArrayList<>(new ProtocolRules(revision).ofAnswer(method, answer));
    own.removeIf(problem -> problem.contains("official schema"));
    assertEquals(expected == null ? "" : expected, String.join("; ", own));
  }

  @Test
  void errorsAndNotificationsAreHeldAgainstTheRulesToo() {
    ProtocolRules rules = new ProtocolRules(ProtocolVersion.V2026_07_28);
    JsonNode error = Json.parse("{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":\"a\"}}");
    assertTrue(rules.ofAnswer("ping", error).contains("error.message is required (Error)"));
    JsonNode log =
        Json.parse("{\"method\":\"notifications/message\",\"params\":{\"level\":\"a\"}}");
    assertTrue(rules.ofNotification(log).contains("jsonrpc must be \"2.0\""));
    assertTrue(rules
        .ofNotification(log)
        .contains("params.data is required (LoggingMessageNotificationParams)"));
  }

  @Test
  void messagesAboutTasksAreHeldAgainstTheRulesOfTheExtension() {
    ProtocolRules rules = new ProtocolRules(ProtocolVersion.V2026_07_28);
    String task = "\"taskId\":\"a\",\"createdAt\":\"2026-01-01T00:00:00Z\","
        + "\"lastUpdatedAt\":\"2026-01-01T00:00:00Z\",\"ttlMs\":1";
    String change = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tasks\",\"params\":{" + task;
    assertEquals(List.of(), rules.ofNotification(Json.parse(change + ",\"status\":\"working\"}}")));
    assertEquals(
        List.of("params.result is required (CompletedTask)"),
        rules.ofNotification(Json.parse(change + ",\"status\":\"completed\"}}")));
    assertEquals(
        List.of("params.notifications.taskIds must be an array, was \"a\""),
        rules.ofNotification(Json.parse("{\"jsonrpc\":\"2.0\",\"method\":"
            + "\"notifications/subscriptions/acknowledged\",\"params\":{\"notifications\":"
            + "{\"taskIds\":\"a\"}}}")));
    List<String> update = rules.ofRequest(Json.parse(
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tasks/update\",\"params\":{\"taskId\":1}}"));
    assertTrue(update.contains("params.taskId must be a string, was 1"), update::toString);
    assertTrue(
        update.contains("params.inputResponses is required (UpdateTaskRequestParams)"),
        update::toString);
  }

  /** Same members are required, and members are known, wherever a type has an official one. */
  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void rulesSayWhatTheOfficialSchemaSays(ProtocolVersion version) {
    OfficialSchema official = OfficialSchema.of(version).orElse(null);
    assumeTrue(official != null, "the official schema is not at hand");
    MemberRules rules = MemberRules.of(version);
    int compared = 0;
    List<String> differences = new ArrayList<>();
    for (Map.Entry<String, Set<String>> type : rules.requiredMembers().entrySet()) {
      JsonNode definition = definition(official, type.getKey());
      if (definition.has("properties")) {
        compared++;
        Set<String> required = new TreeSet<>();
        definition.path("required").forEach(name -> required.add(name.asText()));
        if (!required.equals(type.getValue())) {
          differences.add(type.getKey() + " requires " + required + ", not " + type.getValue());
        }
        Map<String, String> kinds = rules.kinds(type.getKey());
        kinds.keySet().forEach(name -> {
          if (!name.equals("_meta") && !definition.path("properties").has(name)) {
            differences.add(type.getKey() + " has no " + name);
          }
        });
      }
    }
    assertEquals(List.of(), differences);
    assertTrue(compared > 25, "compared only " + compared);
  }

  private static JsonNode definition(OfficialSchema official, String type) {
    JsonNode found = official.definitions().path(type);
    return found.isMissingNode() && type.endsWith("Params")
        ? official
            .definitions()
            .path(type.substring(0, type.length() - "Params".length()))
            .path("properties")
            .path("params")
        : found;
  }
}
