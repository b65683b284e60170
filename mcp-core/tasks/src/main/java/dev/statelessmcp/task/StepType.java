package dev.statelessmcp.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.binding.JsonType;
import dev.statelessmcp.binding.JsonTypes;
import dev.statelessmcp.binding.Problems;
import dev.statelessmcp.json.Json;
import org.jspecify.annotations.Nullable;

/** Converts the result of a step to JSON and back. */
final class StepType {

  private StepType() {}

  static <T> JsonNode write(Class<T> type, T value) {
    if (value instanceof JsonNode tree) {
      return tree.deepCopy();
    }
    if (value instanceof String text) {
      return Json.NODES.textNode(text);
    }
    if (value instanceof Boolean bool) {
      return Json.NODES.booleanNode(bool);
    }
    if (value instanceof Integer || value instanceof Long) {
      return Json.NODES.numberNode(((Number) value).longValue());
    }
    if (value instanceof Double number) {
      return Json.NODES.numberNode(number);
    }
    JsonType<T> record = record(type);
    return record.write(value);
  }

  static <T> T read(String step, Class<T> type, JsonNode json) {
    Object value = null;
    if (JsonNode.class.isAssignableFrom(type)) {
      value = json.deepCopy();
    } else if (type == String.class) {
      value = json.textValue();
    } else if (type == Boolean.class && json.isBoolean()) {
      value = json.booleanValue();
    } else if (type == Integer.class && json.canConvertToInt()) {
      value = json.intValue();
    } else if (type == Long.class && json.canConvertToLong()) {
      value = json.longValue();
    } else if (type == Double.class && json.isNumber()) {
      value = json.doubleValue();
    } else if (type.isRecord() && json instanceof ObjectNode object) {
      value = readRecord(step, type, object);
    }
    if (!type.isInstance(value)) {
      throw new IllegalStateException(
          "step \"" + step + "\" has a stored result of another type than " + type.getName());
    }
    return type.cast(value);
  }

  private static <T> @Nullable T readRecord(String step, Class<T> type, ObjectNode json) {
    Problems problems = new Problems(false, true);
    T value = record(type).read(json, step, problems);
    if (!problems.isEmpty()) {
      throw new IllegalStateException("step \"" + step + "\" was remembered as another "
          + type.getSimpleName() + ": " + problems);
    }
    return value;
  }

  static void check(Class<?> type) {
    boolean known = JsonNode.class.isAssignableFrom(type)
        || type == String.class
        || type == Boolean.class
        || type == Integer.class
        || type == Long.class
        || type == Double.class
        || type.isRecord();
    if (!known) {
      throw new IllegalArgumentException("the type of a step must be a record, String, Boolean,"
          + " Integer, Long, Double or a JSON tree, was " + type.getName());
    }
  }

  /** The JSON form of a record. */
  private static <T> JsonType<T> record(Class<T> type) {
    check(type);
    return JsonTypes.ofRecord(type);
  }
}
