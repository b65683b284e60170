package dev.statelessmcp.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Lists and sets, as JSON arrays. Collections that are read are unmodifiable.
 *
 * @param <C> the collection
 * @param <T> the type of its elements
 */
final class ArrayType<C extends Collection<T>, T> implements JsonType<C> {
  private final JsonType<T> element;
  private final boolean unique;

  private ArrayType(JsonType<T> element, boolean unique) {
    this.element = element;
    this.unique = unique;
  }

  static <T> JsonType<List<T>> list(JsonType<T> element) {
    return new ArrayType<>(element, false);
  }

  static <T> JsonType<Set<T>> set(JsonType<T> element) {
    return new ArrayType<>(element, true);
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = Json.object().put("type", "array");
    ObjectNode items = element.schema();
    if (items.has("oneOf")) { // a choice of several titled constants, as forms require it
      ObjectNode choices = Json.object();
      choices.set("anyOf", items.get("oneOf"));
      items = choices;
    }
    schema.set("items", items);
    if (unique) {
      schema.put("uniqueItems", true);
    }
    return schema;
  }

  @Override
  @SuppressWarnings("unchecked") // the factory methods choose C
  public C read(JsonNode node, String place, Problems problems) {
    if (!node.isArray()) {
      return ScalarType.mismatch(node, "an array", place, problems);
    }
    Set<Object> seen = new HashSet<>();
    Collection<T> values = unique ? new LinkedHashSet<>() : new ArrayList<>(node.size());
    for (int i = 0; i < node.size(); i++) {
      String here = place + "[" + i + "]";
      JsonNode item = node.get(i);
      if (item.isNull() && !element.takesNull()) {
        problems.add(here, "must not be null");
      } else {
        T value = element.read(item, here, problems);
        values.add(value);
        if (unique && !seen.add(distinct(value)) && problems.isEmpty()) {
          problems.add(here, "must not repeat an earlier element");
        }
      }
    }
    return unique
        ? (C) Collections.unmodifiableSet((Set<T>) values)
        : (C) Collections.unmodifiableList((List<T>) values);
  }

  /** The value that uniqueItems of JSON Schema compares: 1.0 and 1.00 are equal. */
  private static Object distinct(Object value) {
    return value instanceof BigDecimal number ? number.stripTrailingZeros() : value;
  }

  @Override
  public JsonNode write(C values) {
    ArrayNode array = Json.array();
    for (T value : values) {
      if (value == null) {
        throw new IllegalStateException("a list must not contain null");
      }
      JsonNode written = element.write(value);
      if (written != null) { // not an empty Optional
        array.add(written);
      }
    }
    return array;
  }
}
