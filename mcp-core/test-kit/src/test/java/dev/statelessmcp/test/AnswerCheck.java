package dev.statelessmcp.test;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.fixtures.FixtureJson;
import dev.statelessmcp.protocol.ProtocolVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds the answer to a request that a test has written against the rules of a revision, and
 * against its official schema where that is at hand: see {@link OfficialSchema}.
 */
public final class AnswerCheck {
  private final ProtocolRules rules;
  private final OfficialSchema official; // null if it is not at hand

  private AnswerCheck(ProtocolVersion version) {
    rules = new ProtocolRules(version);
    official = OfficialSchema.of(version).orElse(null);
  }

  /** The check of a revision. */
  public static AnswerCheck of(ProtocolVersion version) {
    return new AnswerCheck(version);
  }

  /** What the official schema of a type has against JSON; nothing if it is not at hand. */
  public List<String> problems(String type, JsonNode node) {
    List<String> problems = new ArrayList<>();
    if (official != null) {
      official.check(type, node, "", problems);
    }
    return problems;
  }

  /** The types of the official schema by their names; missing if it is not at hand. */
  public JsonNode definitions() {
    return official == null ? FixtureJson.MAPPER.missingNode() : official.definitions();
  }

  /**
   * What is wrong with what came back.
   *
   * @param request the text of the request, which need not be JSON
   * @param notifications what came before the answer
   * @param answer the answer; null if there is none
   * @return one line for each problem
   */
  public List<String> problems(
      String request, List<? extends JsonNode> notifications, JsonNode answer) {
    List<String> problems = new ArrayList<>();
    for (JsonNode notification : notifications) {
      problems.addAll(rules.ofNotification(notification));
    }
    if (answer != null) {
      Map<JsonNode, String> methods = methods(request);
      for (JsonNode each : answer.isArray() ? answer : List.of(answer)) {
        String method = methods.get(each.path("id"));
        if (each.has("result") && method == null) {
          problems.add("a result with the id " + each.path("id") + ", which no request has");
        } else {
          problems.addAll(rules.ofAnswer(method, each));
        }
      }
    }
    return problems;
  }

  /** The methods that were asked for, by id. */
  private static Map<JsonNode, String> methods(String request) {
    Map<JsonNode, String> methods = new HashMap<>();
    try {
      JsonNode tree = FixtureJson.MAPPER.readTree(request);
      for (JsonNode message : tree.isArray() ? tree : List.of(tree)) {
        if (message.has("id") && message.path("method").isTextual()) {
          methods.put(message.get("id"), message.get("method").textValue());
        }
      }
    } catch (JsonProcessingException e) {
      return methods; // a text that is no JSON asks for nothing
    }
    return methods;
  }
}
