package dev.statelessmcp.lambda.typed;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Converts the headers of an answer for the response classes; null if the answer has none. */
final class TypedHeaders {

  private TypedHeaders() {}

  static @Nullable Map<String, String> single(JsonNode fields) {
    if (!fields.isObject()) {
      return null;
    }
    Map<String, String> headers = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : fields.properties()) {
      headers.put(field.getKey(), field.getValue().textValue());
    }
    return headers;
  }

  static @Nullable Map<String, List<String>> multi(JsonNode fields) {
    if (!fields.isObject()) {
      return null;
    }
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : fields.properties()) {
      List<String> values = new ArrayList<>(field.getValue().size());
      for (JsonNode value : field.getValue()) {
        values.add(value.textValue());
      }
      headers.put(field.getKey(), values);
    }
    return headers;
  }
}
