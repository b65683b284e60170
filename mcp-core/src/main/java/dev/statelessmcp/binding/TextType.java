package dev.statelessmcp.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.time.DateTimeException;
import org.jspecify.annotations.Nullable;

/**
 * A type that is a string in JSON. With a {@code format}, all strings of the format can be read,
 * and written strings have the format: a Java value without one is a problem. A type that no format
 * covers has a description instead.
 *
 * @param <T> the Java type
 */
abstract class TextType<T> implements JsonType<T> {
  private final @Nullable String format; // null for none
  private final String expected;

  TextType(@Nullable String format, String expected) {
    this.format = format;
    this.expected = expected;
  }

  /**
   * Parses a text.
   *
   * @throws IllegalArgumentException if it is not valid; it may also throw a DateTimeException
   */
  abstract T parse(String text);

  /** Returns the text of a value. */
  String print(T value) {
    return value.toString();
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = Json.object().put("type", "string");
    return format == null ? schema.put("description", expected) : schema.put("format", format);
  }

  @Override
  public @Nullable T read(JsonNode node, String place, Problems problems) {
    if (!node.isTextual()) {
      return ScalarType.mismatch(node, expected, place, problems);
    }
    String text = node.textValue();
    if (problems.isLenient() || format == null || Formats.isValid(format, text)) {
      try {
        return parse(text);
      } catch (DateTimeException | IllegalArgumentException e) {
        // reported below, without the text, which may be secret
      }
    }
    problems.add(place, "must be " + expected);
    return null;
  }

  @Override
  public @Nullable JsonNode write(T value, String place, Problems problems) {
    String text = print(value);
    if (format != null && !Formats.isValid(format, text)) {
      problems.add(
          place,
          "must be " + expected + ", but this value cannot be written in the format " + format);
      return null;
    }
    return Json.NODES.textNode(text);
  }
}
