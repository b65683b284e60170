package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.protocol.McpException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads parameters; its errors name the place.
 *
 * <p><b>Null.</b> A member that the protocol defines and whose value is null counts as missing, in
 * both eras and at every depth: {@code params} itself, {@code _meta} and its reserved keys,
 * {@code cursor}, {@code arguments} and each argument of a prompt, {@code context},
 * {@code progressToken}, the members of a subscription's filter, {@code inputResponses},
 * {@code requestState}. The schemas do not allow null there, but many clients serialise all members
 * of a class. So null for an optional member counts as missing, and null for a required one is
 * refused. One exception: {@code capabilities} of {@code initialize} that are null count as empty,
 * because a client that declares none could otherwise not connect.
 *
 * <p>A reserved key of {@code _meta} marks a modern request with any value.
 *
 * <p>The rule does not apply to data: null is a value in the arguments of a tool (its schema
 * decides), in vendor keys of {@code _meta}, in a user's form, in the parameters of an extension's
 * method, and as {@code id}, which "MUST NOT be null".
 */
final class Params {

  private Params() {}

  /**
   * A member that the protocol defines, by the rule above.
   *
   * @param object the object; may be anything
   * @return the value; null if it is missing or JSON null
   */
  static @Nullable JsonNode get(JsonNode object, String name) {
    JsonNode value = object.get(name);
    return value == null || value.isNull() ? null : value;
  }

  /** The end of a message about an unknown name. */
  static String known(List<String> names) {
    return names.isEmpty() ? "there are none" : "known are " + String.join(", ", names);
  }

  /** A required string. */
  static String text(ObjectNode params, String name) {
    return text(params, name, "params." + name);
  }

  static String text(JsonNode object, String name, String place) {
    JsonNode value = object.get(name);
    if (value == null) {
      throw McpException.invalidParams(place + " is required");
    }
    if (!value.isTextual()) {
      throw McpException.invalidParams(place + " must be a string");
    }
    return value.textValue();
  }

  /** An object whose members are strings or missing; empty if it is missing. */
  static Map<String, String> texts(@Nullable JsonNode object, String place) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (object == null) {
      return texts;
    }
    if (!object.isObject()) {
      throw McpException.invalidParams(place + " must be an object");
    }
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      if (member.getValue().isNull()) {
        continue;
      }
      if (!member.getValue().isTextual()) {
        throw McpException.invalidParams(place + "." + member.getKey() + " must be a string");
      }
      texts.put(member.getKey(), member.getValue().textValue());
    }
    return texts;
  }
}
