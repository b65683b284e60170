package dev.statelessmcp.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The arguments that HTTP clients mirror into headers, so that intermediaries can act upon them.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http#custom-headers-from-tool-parameters">Custom
 *     Headers from Tool Parameters</a>
 */
final class MirroredParameters {
  private static final String KEYWORD = "x-mcp-header";
  private static final String TOKEN = "!#$%&'*+-.^_`|~";
  private static final Set<String> TYPES = Set.of("string", "integer", "boolean");

  /** Keywords whose value is data and not a schema. */
  private static final Set<String> DATA =
      Set.of("const", "enum", "default", "examples", "dependentRequired");

  /** Keywords whose value maps names to schemas; the names are not keywords. */
  private static final Set<String> NAMED =
      Set.of("$defs", "definitions", "patternProperties", "dependentSchemas");

  private MirroredParameters() {}

  /**
   * Finds the annotations of a schema and checks them, since clients must leave out a tool with a
   * bad one.
   *
   * @param schema the schema of a tool's arguments
   * @return the names that lead to an argument, by the name of its header
   * @throws IllegalArgumentException if an annotation breaks one of its rules
   */
  static Map<String, List<String>> in(ObjectNode schema) {
    Map<String, List<String>> found = new LinkedHashMap<>();
    collect(schema, List.of(), true, found);
    return found.isEmpty() ? Map.of() : Collections.unmodifiableMap(found);
  }

  private static void collect(
      JsonNode schema, List<String> path, boolean reachable, Map<String, List<String>> found) {
    if (schema.isArray()) {
      for (JsonNode element : schema) {
        collect(element, path, false, found);
      }
    }
    if (!schema.isObject()) {
      return;
    }
    if (schema.has(KEYWORD)) {
      String header = header(schema, path, reachable);
      if (found.put(header, path) != null) {
        throw new IllegalArgumentException("two parameters have the header " + header);
      }
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

  private static String header(JsonNode schema, List<String> path, boolean reachable) {
    String where = KEYWORD + " at \"" + String.join(".", path) + "\"";
    if (!reachable || path.isEmpty()) {
      throw new IllegalArgumentException(
          where + " is not reachable by properties alone, so no client can mirror it");
    }
    String name = schema.get(KEYWORD).textValue();
    if (name == null || name.isEmpty() || !name.chars().allMatch(MirroredParameters::isToken)) {
      throw new IllegalArgumentException(where + " must be a header name of RFC 9110");
    }
    if (!TYPES.contains(schema.path("type").asText())) {
      throw new IllegalArgumentException(where + " must be on a string, an integer or a boolean");
    }
    return "mcp-param-" + name.toLowerCase(Locale.ROOT);
  }

  private static boolean isToken(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || TOKEN.indexOf(c) >= 0;
  }
}
