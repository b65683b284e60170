package dev.statelessmcp.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes a derived schema without {@code $ref} and {@code $defs}, for clients that do not support
 * them. A recursive type is repeated twice on each path; below that the schema allows any object.
 * So the schema accepts all values of the type, and more on the lower levels.
 */
public final class FlatSchema {
  private static final String DEFINITIONS = "$defs";
  private static final String REFERENCE = "$ref";
  private static final String PREFIX = "#/$defs/";
  private static final int MAX_ON_PATH = 2;

  /** Keywords whose value is data and may look like a reference. */
  private static final Set<String> DATA = Set.of("const", "enum", "default");

  private final JsonNode definitions;

  /** The definitions around the current place. */
  private final List<String> path = new ArrayList<>();

  private FlatSchema(JsonNode definitions) {
    this.definitions = definitions;
  }

  /**
   * Writes a schema without references.
   *
   * @param schema a schema that was derived; not null
   * @return the schema itself if it has no references, otherwise a new object
   */
  public static ObjectNode of(ObjectNode schema) {
    JsonNode definitions = schema.get(DEFINITIONS);
    if (definitions == null) {
      return schema;
    }
    ObjectNode flat = new FlatSchema(definitions).flat(schema);
    flat.remove(DEFINITIONS);
    return flat;
  }

  private ObjectNode flat(ObjectNode schema) {
    String reference = schema.path(REFERENCE).textValue();
    ObjectNode flat = Json.object();
    if (reference != null) {
      flat.setAll(target(reference.substring(PREFIX.length())));
    }
    for (Map.Entry<String, JsonNode> member : schema.properties()) {
      String keyword = member.getKey();
      JsonNode value = member.getValue();
      if (keyword.equals("properties")) {
        ObjectNode properties = flat.putObject(keyword);
        for (Map.Entry<String, JsonNode> property : value.properties()) {
          properties.set(property.getKey(), flat((ObjectNode) property.getValue()));
        }
      } else if (DATA.contains(keyword)) {
        flat.set(keyword, value);
      } else if (!keyword.equals(REFERENCE) && !keyword.equals(DEFINITIONS)) {
        flat.set(keyword, flatValue(value));
      }
    }
    return flat;
  }

  private JsonNode flatValue(JsonNode value) {
    if (value instanceof ObjectNode schema) {
      return flat(schema);
    }
    if (!value.isArray()) {
      return value;
    }
    ArrayNode array = Json.array();
    for (JsonNode element : value) {
      array.add(flatValue(element));
    }
    return array;
  }

  private ObjectNode target(String name) {
    if (Collections.frequency(path, name) == MAX_ON_PATH) {
      return Json.object()
          .put("type", "object")
          .put("description", "Another " + name + ", with the same members as those around it");
    }
    path.add(name);
    ObjectNode target = flat((ObjectNode) definitions.get(name));
    path.remove(path.size() - 1);
    return target;
  }
}
