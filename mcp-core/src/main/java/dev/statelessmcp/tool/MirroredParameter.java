package dev.statelessmcp.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * An argument that HTTP clients mirror into a header, so that intermediaries can act upon it.
 *
 * @param header the whole name of the header
 * @param path the names that lead to the argument
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http#custom-headers-from-tool-parameters">Custom
 *     Headers from Tool Parameters</a>
 */
public record MirroredParameter(String header, List<String> path) {
  private static final String KEYWORD = "x-mcp-header";
  private static final String TOKEN = "!#$%&'*+-.^_`|~";
  private static final Set<String> TYPES = Set.of("string", "integer", "boolean");

  /** Keywords whose value is data, which may look like anything. */
  private static final Set<String> DATA =
      Set.of("const", "enum", "default", "examples", "dependentRequired");

  /** Keywords whose value maps names to schemas; the names are not keywords. */
  private static final Set<String> NAMED =
      Set.of("$defs", "definitions", "patternProperties", "dependentSchemas");

  /**
   * Finds the annotations of a schema and checks them, since clients must leave out a tool with a
   * bad one.
   *
   * @param schema the schema of a tool's arguments
   * @return the parameters
   * @throws IllegalArgumentException if an annotation breaks one of its rules
   */
  static List<MirroredParameter> of(ObjectNode schema) {
    List<MirroredParameter> found = new ArrayList<>();
    collect(schema, List.of(), true, found);
    Set<String> names = new HashSet<>();
    for (MirroredParameter parameter : found) {
      if (!names.add(parameter.header)) {
        throw new IllegalArgumentException("two parameters have the header " + parameter.header);
      }
    }
    return List.copyOf(found);
  }

  private static void collect(
      JsonNode schema, List<String> path, boolean reachable, List<MirroredParameter> found) {
    if (schema.isArray()) {
      for (JsonNode element : schema) {
        collect(element, path, false, found);
      }
    }
    if (!schema.isObject()) {
      return;
    }
    if (schema.has(KEYWORD)) {
      found.add(parameter(schema, path, reachable));
    }
    for (Map.Entry<String, JsonNode> member : schema.properties()) {
      if (member.getKey().equals("properties") && member.getValue().isObject()) {
        for (Map.Entry<String, JsonNode> property : member.getValue().properties()) {
          List<String> deeper = new ArrayList<>(path);
          deeper.add(property.getKey());
          collect(property.getValue(), List.copyOf(deeper), reachable, found);
        }
      } else if (NAMED.contains(member.getKey()) && member.getValue().isObject()) {
        for (JsonNode named : member.getValue()) {
          collect(named, path, false, found);
        }
      } else if (!DATA.contains(member.getKey())) {
        collect(member.getValue(), path, false, found);
      }
    }
  }

  private static MirroredParameter parameter(
      JsonNode schema, List<String> path, boolean reachable) {
    String where = KEYWORD + " at \"" + String.join(".", path) + "\"";
    if (!reachable || path.isEmpty()) {
      throw new IllegalArgumentException(
          where + " is not reachable by properties alone, so no client can mirror it");
    }
    String name = schema.get(KEYWORD).textValue();
    if (name == null || name.isEmpty() || !name.chars().allMatch(MirroredParameter::isToken)) {
      throw new IllegalArgumentException(where + " must be a header name of RFC 9110");
    }
    if (!TYPES.contains(schema.path("type").asText())) {
      throw new IllegalArgumentException(where + " must be on a string, an integer or a boolean");
    }
    return new MirroredParameter("mcp-param-" + name.toLowerCase(Locale.ROOT), path);
  }

  private static boolean isToken(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || TOKEN.indexOf(c) >= 0;
  }

  /**
   * The value in some arguments.
   *
   * @param arguments the arguments of a call
   * @return the value; missing or null if there is none
   */
  public JsonNode in(JsonNode arguments) {
    JsonNode value = arguments;
    for (String name : path) {
      value = value.path(name);
    }
    return value;
  }
}
