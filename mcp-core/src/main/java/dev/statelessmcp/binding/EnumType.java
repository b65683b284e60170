package dev.statelessmcp.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.schema.Title;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Enums, as strings with the names of their constants. If a constant has {@code @Title}, the schema
 * lists titled constants.
 *
 * @param <E> the enum
 */
@SuppressWarnings("rawtypes") // Class.asSubclass(Enum.class) is raw
final class EnumType<E extends Enum> implements JsonType<E> {
  private final E[] constants;
  private final boolean titled;

  EnumType(Class<E> type) {
    constants = type.getEnumConstants();
    titled = Arrays.stream(constants).anyMatch(constant -> title(constant) != null);
  }

  private static Title title(Enum constant) {
    try {
      return constant.getDeclaringClass().getField(constant.name()).getAnnotation(Title.class);
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("the field of an enum constant is missing", e);
    }
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = Json.object().put("type", "string");
    if (!titled) {
      ArrayNode names = schema.putArray("enum");
      for (E constant : constants) {
        names.add(constant.name());
      }
      return schema;
    }
    ArrayNode choices = schema.putArray("oneOf");
    for (E constant : constants) {
      Title title = title(constant);
      choices
          .addObject()
          .put("const", constant.name())
          .put("title", title == null ? constant.name() : title.value());
    }
    return schema;
  }

  @Override
  public E read(JsonNode node, String place, Problems problems) {
    List<String> names = new ArrayList<>(constants.length);
    for (E constant : constants) {
      if (constant.name().equals(node.textValue())) {
        return constant;
      }
      names.add(constant.name());
    }
    String expected = "one of " + String.join(", ", names);
    if (!node.isTextual()) {
      return ScalarType.mismatch(node, expected, place, problems);
    }
    problems.add(place, "must be " + expected); // the text may be long or secret
    return null;
  }

  @Override
  public JsonNode write(E value) {
    return Json.NODES.textNode(value.name());
  }
}
