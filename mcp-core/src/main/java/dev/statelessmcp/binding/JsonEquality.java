package dev.statelessmcp.binding;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The equality of JSON Schema: numbers are equal if they have the same mathematical value, and
 * objects if they have the same members in any order.
 */
final class JsonEquality {

  private JsonEquality() {}

  /** Returns a value that equals another one if and only if their JSON is equal. */
  static Object of(JsonNode node) {
    if (node.isNumber()) {
      return node.decimalValue().stripTrailingZeros();
    }
    if (node.isArray()) {
      List<Object> elements = new ArrayList<>(node.size());
      for (JsonNode element : node) {
        elements.add(of(element));
      }
      return elements;
    }
    if (node.isObject()) {
      Map<String, Object> members = new HashMap<>();
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        members.put(member.getKey(), of(member.getValue()));
      }
      return members;
    }
    return node;
  }
}
