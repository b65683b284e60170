package dev.statelessmcp.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.fixtures.FixtureAnswer;
import dev.statelessmcp.protocol.ProtocolVersion;
import dev.statelessmcp.test.AnswerCheck;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is true of every answer to every message. The message is read by another parser than the
 * library's.
 */
final class AnswerRules {
  private static final Set<String> MODERN_ONLY = Set.of("server/discover", "subscriptions/listen");

  /** Statuses by which HTTP itself refuses a request before its message is read. */
  private static final Set<Integer> GATE = Set.of(400, 401, 403, 404, 405, 406, 413, 415, 431);

  /** The tools that fail on purpose, or send their arguments back whatever they are. */
  private static final List<String> FAILING = List.of("throws", "report", "broken");

  private final FuzzTarget target;
  private final FuzzMessage sent;
  private final FixtureAnswer answer;
  private final JsonNode tree;
  private final List<String> problems = new ArrayList<>();

  AnswerRules(FuzzTarget target, FuzzMessage sent, FixtureAnswer answer) {
    this.target = target;
    this.sent = sent;
    this.answer = answer;
    this.tree = MessageTrees.parsed(sent.body());
  }

  /** Whether a message is a request that must be answered. */
  static boolean isRequest(FuzzMessage message) {
    JsonNode tree = MessageTrees.parsed(message.body());
    return tree != null && MessageTrees.isRequest(tree);
  }

  /** What is wrong with the answer; empty if nothing is. */
  List<String> problems() {
    answer.notifications().forEach(this::checkNotification);
    JsonNode message = answer.message();
    if (target.http()) {
      checkStatus(message);
    }
    if (message != null) {
      checkShape(message);
    }
    if (problems.isEmpty() && !isRefusedByHttp()) {
      if (tree == null) {
        boolean line = !target.http() && sent.text().isBlank();
        if (line && message == null) {
          return problems; // a blank line between messages
        }
        expectError(-32700, null);
      } else if (tree.isArray()) {
        checkBatch();
      } else {
        checkSingle(tree, message);
      }
    }
    if (problems.isEmpty() && tree != null && !hasEqualIds()) {
      problems.addAll(ProtocolVersion.of(version())
          .map(AnswerCheck::of)
          .map(check -> check.problems(sent.text(), answer.notifications(), answer.message()))
          .orElse(List.of()));
    }
    return problems;
  }

  private void check(boolean holds, String otherwise) {
    if (!holds) {
      problems.add(otherwise);
    }
  }

  private void checkNotification(JsonNode notification) {
    check(
        notification.path("jsonrpc").asText().equals("2.0")
            && notification.path("method").asText().startsWith("notifications/")
            && !notification.has("id"),
        "not a notification: " + notification);
  }

  private void checkStatus(JsonNode message) {
    int status = answer.status();
    check(status >= 200 && status < 500 && status != 429, "status " + status);
    if (status == 200) {
      check(message != null || isHead() || isListen(), "200 without an answer");
    } else if (status == 202) {
      check(message == null, "202 with an answer");
    } else if (status == 204) {
      check(sent.method().equals("OPTIONS"), "204");
    } else {
      check(message != null || isHead(), "status " + status + " without an error");
      check(message == null || !message.has("result"), "status " + status + " with a result");
    }
  }

  private boolean isHead() {
    return sent.method().equals("HEAD");
  }

  /** A subscription ends with its connection. */
  private boolean isListen() {
    return tree != null && tree.path("method").asText().equals("subscriptions/listen");
  }

  private void checkShape(JsonNode message) {
    if (message.isArray()) {
      check(!message.isEmpty() && tree != null && tree.isArray(), "an array: " + message);
      message.forEach(this::checkShape);
      return;
    }
    check(message.path("jsonrpc").asText().equals("2.0"), "no version: " + message);
    check(message.has("result") != message.has("error"), "neither or both: " + message);
    check(!message.has("method"), "a method: " + message);
    if (message.has("result")) {
      check(message.get("result").isObject() && message.has("id"), "result: " + message);
    } else {
      JsonNode error = message.path("error");
      check(error.path("code").isInt(), "code: " + message);
      check(!error.path("message").asText().isBlank(), "message: " + message);
      check(!message.path("id").isNull(), "id is null: " + message);
      boolean failing = FAILING.stream().anyMatch(sent.text()::contains);
      boolean unforeseen = error.path("message").asText().startsWith("Internal error");
      check(!unforeseen || failing, "an internal error: " + message);
    }
  }

  /** By its method, path or headers, which need not have been looked at before the body. */
  private boolean isRefusedByHttp() {
    JsonNode message = answer.message();
    if (!target.http() || answer.status() == 204) {
      return target.http();
    }
    if (message == null) {
      return isHead();
    }
    return GATE.contains(answer.status())
        && (!sent.method().equals("POST") || !Set.of(400, 404).contains(answer.status()))
        && message.path("error").path("code").asInt() == -32600
        && !message.has("id");
  }

  private void expectError(int code, JsonNode id) {
    JsonNode message = answer.message();
    check(message != null, "no answer instead of " + code);
    if (message != null) {
      check(message.path("error").path("code").asInt() == code, "the error is not " + code);
      checkId(id, message);
      check(!target.http() || answer.status() == 400, code + " with status " + answer.status());
    }
  }

  private void checkId(JsonNode expected, JsonNode message) {
    JsonNode id = message.get("id");
    check(
        expected == null ? id == null : id != null && expected.toString().equals(id.toString()),
        "the id is " + id + " instead of " + expected);
  }

  private void checkSingle(JsonNode message, JsonNode response) {
    if (response != null
        && response.path("error").path("code").asInt() == -32700
        && MessageTrees.isBeyondLimits(tree, 1)) {
      checkId(null, response);
      return;
    }
    if (MessageTrees.isRequest(message)) {
      checkRequest(message, response);
    } else if (MessageTrees.isNotification(message)) {
      check(target.http() || response == null, "a notification was answered");
      check(response == null || !response.has("id"), "a refused notification with an id");
    } else if (MessageTrees.isResponse(message)) {
      check(response == null || target.http(), "a response was answered");
      check(response == null || !response.has("id"), "a refused response with an id");
    } else if (response == null) {
      check(
          message.has("method") && MessageTrees.lacksId(message) && !target.http(),
          "a malformed message without an answer");
    } else {
      int code = response.path("error").path("code").asInt();
      check(code == -32600 || code == -32602, "a malformed message: " + code);
      checkId(MessageTrees.idOf(message), response);
      check(!target.http() || answer.status() == 400, "malformed: status " + answer.status());
    }
  }

  private void checkRequest(JsonNode request, JsonNode response) {
    if (response == null) {
      check(isListen() && !answer.notifications().isEmpty(), "a request without an answer");
      return;
    }
    checkId(MessageTrees.idOf(request), response);
    boolean modern = isModern(request);
    if (response.has("result")) {
      JsonNode result = response.get("result");
      check(modern == result.path("resultType").isTextual(), "the result is of the other era");
      check(modern || !(result.has("ttlMs") || result.has("cacheScope")), "a cache hint");
      if (modern) {
        check(
            result.at("/_meta/io.modelcontextprotocol~1serverInfo/name").isTextual(),
            "no serverInfo");
      }
      return;
    }
    int code = response.path("error").path("code").asInt();
    check(code != -32700, "a parse error of what can be parsed");
    check(modern || (code != -32020 && code != -32022), "an error of the other era: " + code);
    if (!target.http()) {
      return;
    }
    int status = answer.status();
    if (!modern) {
      check(status == 200 || (status == 400 && code == -32600), "legacy " + code + ": " + status);
    } else if (code == -32601) {
      check(status == 404, "-32601 with status " + status);
    } else if (code <= -32020 && code > -32040) {
      check(status == 400, code + " with status " + status);
    } else {
      check(status == 200 || status == 400, code + " with status " + status);
    }
  }

  private boolean isModern(JsonNode request) {
    if (target.http() && "2026-07-28".equals(versionHeader())) {
      return true;
    }
    JsonNode meta = request.path("params").path("_meta");
    for (String key : List.of("protocolVersion", "clientInfo", "clientCapabilities", "logLevel")) {
      if (meta.has("io.modelcontextprotocol/" + key)) {
        return true;
      }
    }
    return MODERN_ONLY.contains(request.path("method").asText());
  }

  /** Equal values count once. */
  private String versionHeader() {
    String header = sent.header("MCP-Protocol-Version");
    if (header == null) {
      return null;
    }
    Set<String> values = new HashSet<>();
    for (String value : header.split(",", -1)) {
      values.add(value.strip());
    }
    return values.size() == 1 ? values.iterator().next() : header;
  }

  private void checkBatch() {
    JsonNode message = answer.message();
    if (message == null || !message.isArray()) {
      boolean silent = true;
      for (JsonNode element : tree) {
        silent &= !MessageTrees.isRequest(element);
      }
      check(message != null || silent, "no answer to the requests of a batch");
      if (message != null) {
        int code = message.path("error").path("code").asInt();
        check(
            code == -32600 || (code == -32700 && MessageTrees.isBeyondLimits(tree, 1)),
            "batch: " + code);
        checkId(null, message);
        check(!target.http() || answer.status() == 400, "batch: status " + answer.status());
      }
      return;
    }
    List<String> open = new ArrayList<>();
    int others = 0;
    for (JsonNode element : tree) {
      if (MessageTrees.isRequest(element)) {
        open.add(String.valueOf(MessageTrees.idOf(element)));
      } else if (!MessageTrees.isNotification(element) && !MessageTrees.isResponse(element)) {
        others++;
      }
    }
    List<JsonNode> results = new ArrayList<>();
    List<JsonNode> responses = new ArrayList<>();
    message.forEach(response -> (response.has("result") ? results : responses).add(response));
    responses.addAll(0, results); // a malformed element may have the id of a request
    for (JsonNode response : responses) {
      if (!open.remove(String.valueOf(response.get("id")))) {
        check(response.has("error") && others-- > 0, "an answer to nothing: " + response);
      }
    }
    check(open.isEmpty(), "requests of a batch without an answer: " + open);
  }

  /** Which answer of a batch is whose cannot be said then. */
  private boolean hasEqualIds() {
    Set<String> ids = new HashSet<>();
    for (JsonNode element : tree.isArray() ? tree : List.<JsonNode>of()) {
      if (element.has("id") && !ids.add(element.get("id").asText())) {
        return true;
      }
    }
    return false;
  }

  /** The revision whose schema the answer keeps. */
  private String version() {
    JsonNode result = answer.message() == null ? null : answer.message().get("result");
    if (isModern(tree)) {
      return "2026-07-28";
    }
    if (result != null && result.path("protocolVersion").isTextual()) {
      return result.get("protocolVersion").textValue();
    }
    String header = target.http() ? versionHeader() : null;
    return header != null && header.startsWith("20") ? header : target.legacyVersion(sent);
  }
}
