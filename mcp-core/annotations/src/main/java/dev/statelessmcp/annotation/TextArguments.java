package dev.statelessmcp.annotation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.binding.JsonType;
import dev.statelessmcp.binding.Problems;
import dev.statelessmcp.call.Call;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.McpException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a method that are sent as strings: those of prompts, and variables of templates.
 */
final class TextArguments {
  private static final Set<String> SCALARS = Set.of("string", "integer", "number", "boolean");

  private final AnnotatedMethod method;
  private final JsonType<@Nullable Object[]> type;
  private final ObjectNode properties;
  private final JsonNode required;

  TextArguments(AnnotatedMethod method) {
    this.method = method;
    type = method.arguments();
    ObjectNode schema = type.schema();
    properties = (ObjectNode) schema.get("properties");
    required = schema.path("required");
    for (Map.Entry<String, JsonNode> property : properties.properties()) {
      String name = property.getKey();
      method.require(
          SCALARS.contains(property.getValue().path("type").asText()),
          "must have a scalar parameter " + name + ", because it is sent as a string");
      requireNone(name, "title", "@Title");
      requireNone(name, "x-mcp-header", "@McpHeader");
    }
  }

  private void requireNone(String name, String keyword, String annotation) {
    method.require(
        !properties.get(name).has(keyword),
        "must not have " + annotation + " on its parameter " + name + ", where it has no effect");
  }

  /** The names of the arguments, in order, with their schemas. */
  Set<Map.Entry<String, JsonNode>> properties() {
    return properties.properties();
  }

  boolean isRequired(String name) {
    for (JsonNode one : required) {
      if (name.equals(one.textValue())) {
        return true;
      }
    }
    return false;
  }

  /**
   * Calls the method.
   *
   * @param texts the arguments by name
   * @param place the place of the arguments, for messages
   * @throws McpException if one is not valid; the message names the place
   */
  @Nullable
  Object call(Map<String, String> texts, String place, Call call) throws Exception {
    ObjectNode given = Json.object();
    for (Map.Entry<String, String> text : texts.entrySet()) {
      given.put(text.getKey(), text.getValue());
    }
    Problems problems = new Problems(true, true);
    @Nullable Object[] values = type.read(given, place, problems);
    if (values == null || !problems.isEmpty()) {
      throw McpException.invalidParams(problems.toString());
    }
    return method.call(values, call);
  }
}
