package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.input.Question;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.input.Questions;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.json.JsonLimits;
import dev.statelessmcp.json.JsonSyntaxException;
import dev.statelessmcp.protocol.McpException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks by ending the run: the next request of the client has the answers, and those of earlier
 * rounds encrypted in {@code requestState}.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic/patterns/mrtr">Multi
 *     Round-Trip Requests</a>
 */
final class RoundTripAsker implements Asker {
  /** The limits of a state, which this server has created from answers within the limits. */
  private static final JsonLimits OWN = new JsonLimits(Integer.MAX_VALUE, 1000, Integer.MAX_VALUE);

  private final ServedRequest call;
  private final Asks asks;
  private final Map<String, ObjectNode> earlier;
  private final @Nullable JsonNode responses;

  RoundTripAsker(ServedRequest call, ServerDefinition server, Asks asks) {
    this.call = call;
    this.asks = asks;
    this.responses = Params.get(call.params(), "inputResponses");
    if (responses != null && !responses.isObject()) {
      throw McpException.invalidParams("params.inputResponses must be an object");
    }
    this.earlier = readState(call, server);
  }

  /**
   * "Servers MUST return a MissingRequiredClientCapabilityError … lists the missing capabilities."
   */
  @Override
  public void requireDeclared() {
    ObjectNode missing = Json.object();
    for (QuestionKind kind : QuestionKind.values()) {
      if (asks.required().contains(kind) && !canAsk(kind)) {
        kind.addTo(missing);
      }
    }
    if (!missing.isEmpty()) {
      throw McpException.missingCapability(missing);
    }
  }

  @Override
  public boolean canAsk(QuestionKind kind) {
    return kind.isDeclaredBy(call.meta().clientCapabilities());
  }

  @Override
  public void ask(Map<String, Questions.Asked<?>> questions) {
    Map<String, Question<?>> open = new LinkedHashMap<>();
    for (Map.Entry<String, Questions.Asked<?>> entry : questions.entrySet()) {
      String key = entry.getKey();
      if (!takes(entry.getValue(), earlier.get(key))) {
        JsonNode response = responses == null ? null : responses.get(key);
        if (response instanceof ObjectNode answer && takes(entry.getValue(), answer)) {
          earlier.put(key, answer);
        } else {
          open.put(key, entry.getValue().question());
        }
      }
    }
    if (open.isEmpty()) {
      return;
    }
    ObjectNode missing = Json.object();
    for (Question<?> question : open.values()) {
      if (!canAsk(question.kind())) {
        question.kind().addTo(missing);
      }
    }
    if (!missing.isEmpty()) {
      throw McpException.missingCapability(missing);
    }
    throw new InputRequired(open, Map.copyOf(earlier));
  }

  /** Takes an answer; an invalid one is treated as missing, so that the question is asked again. */
  private static boolean takes(Questions.Asked<?> asked, @Nullable ObjectNode answer) {
    return answer != null && asked.take(answer).isEmpty();
  }

  /** The {@code input_required} result with the encrypted state. */
  static ObjectNode result(InputRequired required, ServedRequest call, ServerDefinition server) {
    ObjectNode result = Json.object().put("resultType", "input_required");
    ObjectNode requests = result.putObject("inputRequests");
    required.questions().forEach((key, question) -> {
      ObjectNode request = requests.putObject(key).put("method", question.method());
      request.set("params", question.params());
    });
    long ttl = TimeUnit.MILLISECONDS.convert(server.stateTtl());
    long now = System.currentTimeMillis();
    ObjectNode state = Json.object().put("e", now + Math.min(ttl, Long.MAX_VALUE - now));
    ObjectNode answers = state.putObject("r");
    required.answers().forEach(answers::set);
    String sealed = server.stateKeys().get().seal(Json.write(state), binding(call));
    return result.put("requestState", sealed);
  }

  private static Map<String, ObjectNode> readState(ServedRequest call, ServerDefinition server) {
    Map<String, ObjectNode> answers = new LinkedHashMap<>();
    JsonNode sealed = Params.get(call.params(), "requestState");
    if (sealed == null) {
      return answers;
    }
    byte @Nullable [] opened = sealed.isTextual()
        ? server.stateKeys().get().open(sealed.textValue(), binding(call)).orElse(null)
        : null;
    try {
      JsonNode state = opened == null ? null : Json.read(opened, OWN);
      if (state != null && state.path("e").asLong() >= System.currentTimeMillis()) {
        for (Map.Entry<String, JsonNode> answer : state.path("r").properties()) {
          answers.put(answer.getKey(), (ObjectNode) answer.getValue());
        }
        return answers;
      }
    } catch (JsonSyntaxException e) {
      throw new IllegalStateException("the decrypted requestState must be JSON", e);
    }
    // The same error for every reason: the reason would only help an attacker
    throw McpException.invalidParams("params.requestState is not valid for this request");
  }

  /**
   * The values that a state is bound to: this caller, this method, this target, these arguments.
   */
  private static byte[] binding(ServedRequest call) {
    ObjectNode binding = Json.object().put("p", call.exchange().caller().identity());
    binding.put("m", call.method()).put("t", call.target());
    binding.set("a", sorted(call.params().path("arguments")));
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Json.write(binding));
      return Base64.getEncoder().encodeToString(digest).getBytes(StandardCharsets.US_ASCII);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Sorts the members of objects, because a client may send them in another order the next time.
   */
  private static JsonNode sorted(JsonNode node) {
    if (node.isObject()) {
      Map<String, JsonNode> members = new TreeMap<>();
      node.properties().forEach(member -> members.put(member.getKey(), sorted(member.getValue())));
      ObjectNode object = Json.object();
      members.forEach(object::set);
      return object;
    }
    if (node.isArray()) {
      ArrayNode array = Json.array();
      node.forEach(element -> array.add(sorted(element)));
      return array;
    }
    return node.isMissingNode() ? Json.NODES.nullNode() : node;
  }
}
