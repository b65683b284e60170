package dev.statelessmcp.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lists and sets, as JSON arrays. Collections that are read are unmodifiable. The elements of a set
 * are compared as JSON Schema does: 1.0 and 1.00 are equal.
 *
 * @param <C> the collection
 * @param <T> the type of its elements
 */
final class ArrayType<C extends Collection<T>, T> implements JsonType<C> {
  private final ElementType<T> element;
  private final boolean unique;

  private ArrayType(JsonType<T> element, boolean unique) {
    this.element = new ElementType<>(element);
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
    if (items.has("oneOf")
        && "string"
            .equals(items.path("type").textValue())) { // titled constants, as forms require them
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
  public @Nullable C read(JsonNode node, String place, Problems problems) {
    if (!node.isArray()) {
      return ScalarType.mismatch(node, "an array", place, problems);
    }
    Set<Object> seen = unique ? new HashSet<>() : null;
    Collection<T> values = unique ? new LinkedHashSet<>() : new ArrayList<>(node.size());
    for (int i = 0; i < node.size(); i++) {
      String here = place + "[" + i + "]";
      JsonNode item = element.meant(node.get(i), problems);
      values.add(element.read(item, here, problems));
      checkNew(item, seen, here, problems);
    }
    return unique
        ? (C) Collections.unmodifiableSet((Set<T>) values)
        : (C) Collections.unmodifiableList((List<T>) values);
  }

  @Override
  public JsonNode meant(JsonNode node) {
    return ScalarType.parsed(node, '[');
  }

  @Override
  public JsonNode write(C values, String place, Problems problems) {
    ArrayNode array = Json.array();
    Set<Object> seen = unique ? new HashSet<>() : null;
    for (T value : values) {
      String here = place + "[" + array.size() + "]";
      JsonNode written = element.write(value, here, problems);
      array.add(written);
      if (written != null) {
        checkNew(written, seen, here, problems);
      }
    }
    return array;
  }

  private static void checkNew(
      JsonNode item, @Nullable Set<Object> seen, String place, Problems problems) {
    if (seen != null && !seen.add(JsonEquality.of(item)) && problems.isEmpty()) {
      problems.add(place, "must not repeat an earlier element");
    }
  }
}
