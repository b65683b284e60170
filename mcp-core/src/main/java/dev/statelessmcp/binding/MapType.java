package dev.statelessmcp.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Maps, as JSON objects in the same order. The keys are strings, enum constants or other types that
 * are strings in JSON. Maps that are read are unmodifiable.
 *
 * @param <K> the type of the keys
 * @param <T> the type of the values
 */
final class MapType<K, T> implements JsonType<Map<K, T>> {
  private final JsonType<K> key;
  private final boolean anyKey;
  private final ElementType<T> value;

  /**
   * Creates the type.
   *
   * @param key the type of the keys, of JSON type string
   * @param anyKey true if every string is a key
   * @param value the type of the values
   */
  MapType(JsonType<K> key, boolean anyKey, JsonType<T> value) {
    this.key = key;
    this.anyKey = anyKey;
    this.value = new ElementType<>(value);
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = Json.object().put("type", "object");
    if (!anyKey) {
      schema.set("propertyNames", key.schema());
    }
    schema.set("additionalProperties", value.schema());
    return schema;
  }

  @Override
  public @Nullable Map<K, T> read(JsonNode node, String place, Problems problems) {
    if (!node.isObject()) {
      return ScalarType.mismatch(node, "an object", place, problems);
    }
    Map<K, T> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      String here = place + "." + member.getKey();
      K name = key.read(Json.NODES.textNode(member.getKey()), "the key " + here, problems);
      T read = value.read(value.meant(member.getValue(), problems), here, problems);
      if (values.containsKey(name)) {
        problems.add(here, "must not repeat an earlier key");
      }
      values.put(name, read);
    }
    return Collections.unmodifiableMap(values);
  }

  @Override
  public JsonNode meant(JsonNode node) {
    return ScalarType.parsed(node, '{');
  }

  @Override
  public JsonNode write(Map<K, T> values, String place, Problems problems) {
    ObjectNode object = Json.object();
    for (Map.Entry<K, T> entry : values.entrySet()) {
      JsonNode name =
          entry.getKey() == null ? null : key.write(entry.getKey(), place + " key", problems);
      if (name == null) {
        problems.add(place, "must not have a null key");
        continue;
      }
      String here = place + "." + name.textValue();
      if (object.has(name.textValue())) {
        problems.add(here, "must not repeat an earlier key");
      }
      object.set(name.textValue(), value.write(entry.getValue(), here, problems));
    }
    return object;
  }
}
