package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.protocol.McpException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads parameters, and names the place of what is wrong with them.
 *
 * <p><b>Null.</b> A member that the protocol defines and whose value is null counts as not there,
 * in both eras and at every depth: {@code params} itself, {@code _meta} and its reserved keys,
 * {@code cursor}, {@code arguments} and each argument of a prompt, {@code context},
 * {@code progressToken}, the members of a subscription's filter, {@code inputResponses},
 * {@code requestState}. The schemas allow null nowhere there, but many clients serialise every
 * member of a class. So null in place of an optional member is as if it were left out, and null in
 * place of a required one is refused. One exception: {@code capabilities} of {@code initialize}
 * that are null count as empty, since a client that declares none would otherwise never connect.
 *
 * <p>A reserved key of {@code _meta} shows a modern request whatever its value is.
 *
 * <p>The rule is not about data: null is a value within the arguments of a tool (the tool's schema
 * decides about it), in vendor keys of {@code _meta}, in what a user filled in, in the parameters
 * of an extension's method, and as {@code id}, which "MUST NOT be null".
 */
final class Params {

  private Params() {}

  /**
   * A member that the protocol defines, by the rule above.
   *
   * @param object the object; may be anything
   * @return the value; null if it is not there or is JSON null
   */
  static @Nullable JsonNode get(JsonNode object, String name) {
    JsonNode value = object.get(name);
    return value == null || value.isNull() ? null : value;
  }

  /** The end of a message about a name that is not known. */
  static String known(List<String> names) {
    return names.isEmpty() ? "there are none" : "known are " + String.join(", ", names);
  }

  /** A string that must be there. */
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

  /** An object whose members are strings or not there; empty if it is not there itself. */
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
