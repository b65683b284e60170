package dev.statelessmcp.lambda.typed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** Builds the JSON of an event from the values of its getters. */
final class EventTree {
  /** The limit of events that come as JSON. */
  private static final int MAX_DEPTH = 128;

  private final ObjectNode tree = Json.object();

  /** Adds a member, unless the value is null. */
  EventTree with(String name, Object value) {
    if (value != null) {
      tree.set(name, node(value, 0));
    }
    return this;
  }

  /** Adds an object, even if it is empty. */
  EventTree with(String name, EventTree value) {
    tree.set(name, value.tree);
    return this;
  }

  ObjectNode toJson() {
    return tree;
  }

  private static JsonNode node(Object value, int depth) {
    if (value == null) {
      return Json.NODES.nullNode();
    } else if (value instanceof Map<?, ?> map) {
      return object(map, deeper(depth));
    } else if (value instanceof List<?> list) {
      return array(list, deeper(depth));
    } else if (value instanceof Boolean is) {
      return Json.NODES.booleanNode(is);
    } else if (value instanceof Number number) {
      return number(number);
    }
    return Json.NODES.textNode(value.toString());
  }

  private static ObjectNode object(Map<?, ?> map, int depth) {
    ObjectNode object = Json.object();
    for (Map.Entry<?, ?> member : map.entrySet()) {
      object.set(String.valueOf(member.getKey()), node(member.getValue(), depth));
    }
    return object;
  }

  private static ArrayNode array(List<?> list, int depth) {
    ArrayNode array = Json.array();
    for (Object value : list) {
      array.add(node(value, depth));
    }
    return array;
  }

  /** The node that the JSON reader would create: integers by size, other numbers exact. */
  private static JsonNode number(Number number) {
    if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
      return Json.NODES.numberNode(number.intValue());
    } else if (number instanceof Long whole) {
      return Json.NODES.numberNode(whole.longValue());
    } else if (number instanceof BigInteger whole) {
      return Json.NODES.numberNode(whole);
    }
    try {
      return Json.NODES.numberNode(new BigDecimal(number.toString()));
    } catch (NumberFormatException e) { // infinity, which JSON does not have
      return Json.NODES.textNode(number.toString());
    }
  }

  private static int deeper(int depth) {
    if (depth >= MAX_DEPTH) { // it may contain itself
      throw new IllegalArgumentException(
          "the event is nested more than " + MAX_DEPTH + " levels deep");
    }
    return depth + 1;
  }
}
