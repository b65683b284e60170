package dev.statelessmcp.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.schema.Description;
import dev.statelessmcp.schema.Title;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Enums, as strings with the names of their constants, or those that Jackson's annotations give
 * them. If a constant has {@code @Title}, the schema lists titled constants.
 *
 * @param <E> the enum
 */
final class EnumType<E extends Enum<E>> implements JsonType<E> {
  private final E[] constants;
  private final String[] names;
  private final List<List<String>> aliases = new ArrayList<>(0); // empty without Jackson
  private final @Nullable String description;
  private final boolean titled;

  EnumType(Class<E> type) {
    constants = type.getEnumConstants();
    names = new String[constants.length];
    JacksonEnum jackson = JacksonEnum.isAnnotated(type) ? new JacksonEnum(type) : null;
    List<String> all = new ArrayList<>();
    boolean anyTitle = false;
    for (int i = 0; i < names.length; i++) {
      names[i] = constants[i].name();
      if (jackson != null) {
        JacksonAnnotations said = jackson.of(constants[i]);
        names[i] = jackson.name(constants[i], said);
        aliases.add(said.aliases());
        all.addAll(said.aliases());
      }
      all.add(names[i]);
      anyTitle |= title(constants[i]) != null;
    }
    JacksonAnnotations.requireDistinct(all, type.getSimpleName());
    titled = anyTitle;
    Description describes = type.getAnnotation(Description.class);
    description = describes == null ? null : describes.value();
  }

  /** The field of a constant. */
  static Field field(Enum<?> constant) {
    try {
      return constant.getDeclaringClass().getField(constant.name());
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("the field of an enum constant is missing", e);
    }
  }

  private static Title title(Enum<?> constant) {
    return field(constant).getAnnotation(Title.class);
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = Json.object().put("type", "string");
    if (description != null) {
      schema.put("description", description);
    }
    if (!titled) {
      ArrayNode values = schema.putArray("enum");
      for (String name : names) {
        values.add(name);
      }
      return schema;
    }
    ArrayNode choices = schema.putArray("oneOf");
    for (int i = 0; i < names.length; i++) {
      Title title = title(constants[i]);
      choices
          .addObject()
          .put("const", names[i])
          .put("title", title == null ? names[i] : title.value());
    }
    return schema;
  }

  @Override
  public @Nullable E read(JsonNode node, String place, Problems problems) {
    String text = node.textValue();
    for (int i = 0; i < names.length; i++) {
      if (names[i].equals(text) || (!aliases.isEmpty() && aliases.get(i).contains(text))) {
        return constants[i];
      }
    }
    String expected = "one of " + String.join(", ", Arrays.asList(names));
    if (text == null) {
      return ScalarType.mismatch(node, expected, place, problems);
    }
    problems.add(place, "must be " + expected); // the text may be long or secret
    return null;
  }

  @Override
  public JsonNode meant(JsonNode node) {
    JsonNode text = ScalarType.StringType.text(node);
    for (String name : names) {
      if (name.equals(text.textValue())) {
        return text;
      }
    }
    return node; // so that the message says that it was a number
  }

  @Override
  public JsonNode write(E value, String place, Problems problems) {
    for (int i = 0; i < names.length; i++) {
      if (constants[i] == value) {
        return Json.NODES.textNode(names[i]);
      }
    }
    throw new IllegalStateException("the constant is not one of its enum: " + value);
  }
}
