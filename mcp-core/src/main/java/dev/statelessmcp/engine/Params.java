package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.protocol.McpException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads parameters, and names the place of what is wrong with them. */
final class Params {

  private Params() {}

  /** The end of a message about a name that is not known. */
  static String known(List<String> names) {
    return names.isEmpty() ? "there are none" : "known are " + String.join(", ", names);
  }

  /** A string that must be there. */
  static String text(ObjectNode params, String name) {
    return text(params, name, "params." + name);
  }

  static String text(JsonNode object, String name, String place) {
    JsonNode value = object.get(name);
    if (value == null) {
      throw McpException.invalidParams(place + " is required");
    }
    if (!value.isTextual()) {
      throw McpException.invalidParams(place + " must be a string");
    }
    return value.textValue();
  }

  /** An object whose members are strings or not there; empty if it is not there itself. */
  static Map<String, String> texts(JsonNode object, String place) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (object == null || object.isNull()) {
      return texts;
    }
    if (!object.isObject()) {
      throw McpException.invalidParams(place + " must be an object");
    }
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      if (member.getValue().isNull()) {
        continue; // some clients send null for an argument that is not there
      }
      if (!member.getValue().isTextual()) {
        throw McpException.invalidParams(place + "." + member.getKey() + " must be a string");
      }
      texts.put(member.getKey(), member.getValue().textValue());
    }
    return texts;
  }
}
