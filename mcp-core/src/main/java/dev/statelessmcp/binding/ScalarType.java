package dev.statelessmcp.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;

/**
 * The types of JSON that need no conversion. A class each, so that only those in use are loaded.
 */
final class ScalarType {

  /** Strings. */
  static final class Text implements JsonType<String> {
    @Override
    public ObjectNode schema() {
      return Json.object().put("type", "string");
    }

    @Override
    public String read(JsonNode node, String place, Problems problems) {
      return node.isTextual() ? node.textValue() : wrong(node, "a string", place, problems);
    }

    @Override
    public JsonNode write(String value) {
      return Json.NODES.textNode(value);
    }
  }

  /** True and false. */
  static final class Truth implements JsonType<Boolean> {
    @Override
    public ObjectNode schema() {
      return Json.object().put("type", "boolean");
    }

    @Override
    public Boolean read(JsonNode node, String place, Problems problems) {
      if (node.isBoolean()) {
        return node.booleanValue();
      }
      if (problems.isLenient() && node.isTextual()) {
        // Python's models write True
        if (node.textValue().equalsIgnoreCase("true")) {
          return true;
        }
        if (node.textValue().equalsIgnoreCase("false")) {
          return false;
        }
      }
      return wrong(node, "true or false", place, problems);
    }

    @Override
    public JsonNode write(Boolean value) {
      return Json.NODES.booleanNode(value);
    }
  }

  /** Any JSON. */
  static final class Any implements JsonType<JsonNode> {
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
    public JsonNode write(JsonNode value) {
      return value;
    }
  }

  private ScalarType() {}

  /** Says what was wanted and what came; the value itself may be long or secret. */
  @SuppressWarnings("TypeParameterUnusedInFormals") // it returns null, which is of any type
  static <T> T wrong(JsonNode node, String wanted, String place, Problems problems) {
    return problems.add(place, "must be " + wanted + ", not " + kind(node));
  }

  static String kind(JsonNode node) {
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
