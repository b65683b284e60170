package dev.statelessmcp.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The JSON types that need no conversion: string, boolean and any value.
 *
 * <p>Cold start: one class per type, so that only the types in use are loaded.
 */
final class ScalarType { // cold start

  /** Strings. */
  static final class StringType implements JsonType<String> {
    @Override
    public ObjectNode schema() {
      return Json.object().put("type", "string");
    }

    @Override
    public @Nullable String read(JsonNode node, String place, Problems problems) {
      return node.isTextual() ? node.textValue() : mismatch(node, "a string", place, problems);
    }

    @Override
    public JsonNode meant(JsonNode node) {
      return text(node);
    }

    /** Converts a number or boolean to a string. */
    static JsonNode text(JsonNode node) {
      return node.isNumber() || node.isBoolean() ? Json.NODES.textNode(node.asText()) : node;
    }

    @Override
    public JsonNode write(String value, String place, Problems problems) {
      return Json.NODES.textNode(value);
    }
  }

  /** Booleans. */
  static final class BooleanType implements JsonType<Boolean> {
    @Override
    public ObjectNode schema() {
      return Json.object().put("type", "boolean");
    }

    @Override
    public @Nullable Boolean read(JsonNode node, String place, Problems problems) {
      if (node.isBoolean()) {
        return node.booleanValue();
      }
      return mismatch(node, "true or false", place, problems);
    }

    @Override
    public JsonNode meant(JsonNode node) {
      if (node.isTextual()) {
        // Models write True, as Python does
        if (node.textValue().equalsIgnoreCase("true")) {
          return Json.NODES.booleanNode(true);
        }
        if (node.textValue().equalsIgnoreCase("false")) {
          return Json.NODES.booleanNode(false);
        }
      }
      return node;
    }

    @Override
    public JsonNode write(Boolean value, String place, Problems problems) {
      return Json.NODES.booleanNode(value);
    }
  }

  /** Any JSON value, including null. */
  static final class AnyType implements JsonType<JsonNode> {
    @Override
    public boolean takesNull() {
      return true;
    }

    @Override
    public ObjectNode schema() {
      return Json.object();
    }

    @Override
    public JsonNode read(JsonNode node, String place, Problems problems) {
      return node;
    }

    @Override
    public JsonNode write(JsonNode value, String place, Problems problems) {
      return value;
    }
  }

  private static final int MAX_SHOWN = 40;

  private ScalarType() {}

  /**
   * Converts a string to an array or object, because some clients send the JSON text of an
   * argument.
   *
   * @param first the first character of the text, {@code [} or <code>{</code>
   */
  static JsonNode parsed(JsonNode node, char first) {
    if (node.isTextual()) {
      String text = node.textValue().strip();
      if (!text.isEmpty() && text.charAt(0) == first) {
        try {
          return Json.parse(text);
        } catch (IllegalArgumentException e) {
          return node; // the reader reports it
        }
      }
    }
    return node;
  }

  /**
   * Adds the problem that a value has another type than expected. The value is not quoted, because
   * it may be long or secret.
   *
   * @return null
   */
  @SuppressWarnings("TypeParameterUnusedInFormals") // null is a value of every type
  static <T> @Nullable T mismatch(JsonNode node, String expected, String place, Problems problems) {
    problems.add(place, "must be " + expected + ", not " + kind(node));
    return null;
  }

  /** The end of a message about a number, such as ", was 120"; empty if the number is long. */
  static String shown(BigDecimal number) {
    String text = number.toString();
    return text.length() <= MAX_SHOWN ? ", was " + text : "";
  }

  private static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case STRING -> "a string";
      case NUMBER -> "a number";
      case BOOLEAN -> "a boolean";
      case NULL -> "null";
      case ARRAY -> "an array";
      default -> "an object";
    };
  }
}
