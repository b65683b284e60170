package dev.statelessmcp.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.binding.JsonType;
import dev.statelessmcp.binding.JsonTypes;
import dev.statelessmcp.binding.Problems;
import dev.statelessmcp.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Converts values of tests to JSON, and compares JSON. */
final class Trees {

  private Trees() {}

  /** An object from JSON text. */
  static ObjectNode object(String json) {
    if (Json.parse(json) instanceof ObjectNode object) {
      return object;
    }
    throw new IllegalArgumentException("expected a JSON object, was " + json);
  }

  static ObjectNode object(Record value) {
    return (ObjectNode) written(value);
  }

  /** The forms of a record as a variant of its sealed interfaces; empty for other records. */
  static List<JsonNode> variants(Record value) {
    List<JsonNode> variants = new ArrayList<>();
    addVariants(value.getClass(), value, variants);
    return variants;
  }

  private static void addVariants(Class<?> type, Record value, List<JsonNode> variants) {
    for (Class<?> each : type.getInterfaces()) {
      if (each.isSealed()) {
        addVariant(each, value, variants);
      }
      addVariants(each, value, variants);
    }
  }

  private static void addVariant(Class<?> type, Record value, List<JsonNode> variants) {
    JsonType<?> found;
    try {
      found = JsonTypes.ofType(type, null, type.getSimpleName());
    } catch (IllegalArgumentException e) {
      return; // it has no JSON form, so no tool returns it
    }
    variants.add(written(found, value));
  }

  static ObjectNode object(Map<String, ?> members) {
    ObjectNode object = Json.object();
    members.forEach((name, value) -> object.set(name, of(value)));
    return object;
  }

  static JsonNode of(@Nullable Object value) {
    if (value == null) {
      return Json.NODES.nullNode();
    }
    if (value instanceof JsonNode node) {
      return node;
    }
    if (value instanceof Optional<?> optional) {
      return of(optional.orElse(null));
    }
    if (value instanceof Boolean bool) {
      return Json.NODES.booleanNode(bool);
    }
    if (value instanceof Number number) {
      return ofNumber(number);
    }
    if (value instanceof Record row) {
      return written(row);
    }
    if (value instanceof Map<?, ?> map) {
      ObjectNode object = Json.object();
      map.forEach((name, member) -> object.set(String.valueOf(name), of(member)));
      return object;
    }
    if (value instanceof Iterable<?> elements) {
      ArrayNode array = Json.array();
      elements.forEach(element -> array.add(of(element)));
      return array;
    }
    return Json.NODES.textNode(value.toString()); // enums, times, URIs
  }

  private static JsonNode ofNumber(Number number) {
    if (number instanceof Double || number instanceof Float) {
      return Json.NODES.numberNode(number.doubleValue());
    }
    if (number instanceof BigDecimal decimal) {
      return Json.NODES.numberNode(decimal);
    }
    return number instanceof BigInteger big
        ? Json.NODES.numberNode(big)
        : Json.NODES.numberNode(number.longValue());
  }

  private static JsonNode written(Record value) {
    if (value.getClass().getTypeParameters().length > 0) {
      throw new IllegalArgumentException(value.getClass().getSimpleName()
          + " is generic, and its type arguments are not known; pass JSON or a Map");
    }
    return written(JsonTypes.ofRecord(value.getClass()), value);
  }

  @SuppressWarnings("unchecked") // the value is of that type
  private static JsonNode written(JsonType<?> type, Record value) {
    String name = value.getClass().getSimpleName();
    Problems problems = new Problems(false);
    JsonNode written = ((JsonType<Object>) type).write(value, name, problems);
    if (written == null || !problems.isEmpty()) {
      throw new IllegalArgumentException("the record violates its own schema: " + problems
          + "; to send it anyway, pass its members as a Map");
    }
    return written;
  }

  /**
   * Reads a record.
   *
   * @throws AssertionError if the JSON is not one; the message names the places
   */
  static <R extends Record> R read(Class<R> type, JsonNode node, String place) {
    Problems problems = new Problems(false);
    R value = JsonTypes.ofRecord(type).read(node, place, problems);
    if (value == null || !problems.isEmpty()) {
      throw new AssertionError("not a " + type.getSimpleName() + ": " + problems);
    }
    return value;
  }

  /** The differences of two trees, one line for each; numbers are compared by value. */
  static List<String> differences(JsonNode expected, JsonNode actual, String place) {
    List<String> found = new ArrayList<>();
    compare(expected, actual, place, found);
    return found;
  }

  private static void compare(
      JsonNode expected, JsonNode actual, String place, List<String> found) {
    if (expected.isObject() && actual.isObject()) {
      for (Map.Entry<String, JsonNode> member : expected.properties()) {
        compare(
            member.getValue(), actual.path(member.getKey()), place + "." + member.getKey(), found);
      }
      for (Map.Entry<String, JsonNode> member : actual.properties()) {
        if (!expected.has(member.getKey())) {
          found.add(place + "." + member.getKey() + " must not exist, was "
              + Json.text(member.getValue()));
        }
      }
    } else if (expected.isArray() && actual.isArray()) {
      for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
        compare(expected.path(i), actual.path(i), place + "[" + i + "]", found);
      }
    } else if (!same(expected, actual)) {
      found.add(place + " must be " + text(expected) + ", was " + text(actual));
    }
  }

  private static boolean same(JsonNode expected, JsonNode actual) {
    return (expected.isNumber() && actual.isNumber())
        ? expected.decimalValue().compareTo(actual.decimalValue()) == 0
        : expected.equals(actual);
  }

  static String text(JsonNode node) {
    return node.isMissingNode() ? "missing" : Json.text(node);
  }
}
