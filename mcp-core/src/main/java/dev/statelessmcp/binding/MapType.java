package dev.statelessmcp.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Maps with string keys, as JSON objects in the same order. Maps that are read are unmodifiable.
 *
 * @param <T> the type of the values
 */
final class MapType<T> implements JsonType<Map<String, T>> {
  private final JsonType<T> value;

  MapType(JsonType<T> value) {
    this.value = value;
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = Json.object().put("type", "object");
    schema.set("additionalProperties", value.schema());
    return schema;
  }

  @Override
  public Map<String, T> read(JsonNode node, String place, Problems problems) {
    if (!node.isObject()) {
      return ScalarType.mismatch(node, "an object", place, problems);
    }
    Map<String, T> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      String here = place + "." + member.getKey();
      if (member.getValue().isNull() && !value.takesNull()) {
        problems.add(here, "must not be null");
      } else {
        values.put(member.getKey(), value.read(member.getValue(), here, problems));
      }
    }
    return Collections.unmodifiableMap(values);
  }

  @Override
  public JsonNode write(Map<String, T> values) {
    ObjectNode object = Json.object();
    for (Map.Entry<String, T> entry : values.entrySet()) {
      if (entry.getValue() == null) {
        throw new IllegalStateException(
            "a map must not contain null, did at the key \"" + entry.getKey() + "\"");
      }
      JsonNode written = value.write(entry.getValue());
      if (written != null) { // not an empty Optional
        object.set(entry.getKey(), written);
      }
    }
    return object;
  }
}
