package dev.statelessmcp.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Lists and sets. What is read cannot be changed.
 *
 * @param <C> the collection
 * @param <T> its elements
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
    schema.set("items", element.schema());
    if (unique) {
      schema.put("uniqueItems", true);
    }
    return schema;
  }

  @Override
  @SuppressWarnings("unchecked") // the two factory methods choose C
  public C read(JsonNode node, String place, Problems problems) {
    if (!node.isArray()) {
      return ScalarType.wrong(node, "an array", place, problems);
    }
    Collection<T> values = unique ? new LinkedHashSet<>() : new ArrayList<>(node.size());
    for (int i = 0; i < node.size(); i++) {
      String here = place + "[" + i + "]";
      JsonNode item = node.get(i);
      if (item.isNull() && !element.isOptional()) {
        problems.add(here, "must not be null");
      } else if (!values.add(element.read(item, here, problems)) && problems.isEmpty()) {
        problems.add(here, "stands in the array twice");
      }
    }
    return unique
        ? (C) Collections.unmodifiableSet((Set<T>) values)
        : (C) Collections.unmodifiableList((List<T>) values);
  }

  @Override
  public JsonNode write(C values) {
    ArrayNode array = Json.array();
    for (T value : values) {
      JsonNode written = value == null ? null : element.write(value);
      array.add(written == null ? Json.NODES.nullNode() : written);
    }
    return array;
  }
}
