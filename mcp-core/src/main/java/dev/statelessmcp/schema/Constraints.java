package dev.statelessmcp.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;

/** What the annotations of a component say beyond its type. */
final class Constraints {
  private final String description;
  private final String title;
  private final String format;
  private final String header;
  private final JsonNode defaultValue;
  private final Range range;
  private final Length length;

  Constraints(RecordComponent component, String place, String type) {
    Description describes = component.getAnnotation(Description.class);
    Title titles = component.getAnnotation(Title.class);
    Format formats = component.getAnnotation(Format.class);
    McpHeader mirrors = component.getAnnotation(McpHeader.class);
    Default defaults = component.getAnnotation(Default.class);
    description = describes == null ? null : describes.value();
    title = titles == null ? null : titles.value();
    format = formats == null ? null : formats.value();
    header = mirrors == null ? null : mirrors.value();
    defaultValue = defaults == null ? null : value(defaults.value(), type, place);
    range = component.getAnnotation(Range.class);
    length = component.getAnnotation(Length.class);
    boolean number = type.equals("integer") || type.equals("number");
    if (range != null && !number) {
      throw new IllegalArgumentException(place + " has a @Range and is no number");
    }
    if (length != null && !type.equals("string") && !type.equals("array")) {
      throw new IllegalArgumentException(place + " has a @Length and is no string and no array");
    }
  }

  private static JsonNode value(String text, String type, String place) {
    if (type.equals("string")) {
      return Json.NODES.textNode(text);
    }
    try {
      return Json.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the @Default of " + place + " is " + e.getMessage(), e);
    }
  }

  void addTo(ObjectNode schema) {
    if (title != null) {
      schema.put("title", title);
    }
    if (description != null) {
      schema.put("description", description);
    }
    if (format != null) {
      schema.put("format", format);
    }
    if (range != null) {
      put(schema, "minimum", range.min());
      put(schema, "maximum", range.max());
    }
    if (length != null) {
      boolean array = schema.path("type").asText().equals("array");
      if (length.min() > 0) {
        schema.put(array ? "minItems" : "minLength", length.min());
      }
      if (length.max() < Integer.MAX_VALUE) {
        schema.put(array ? "maxItems" : "maxLength", length.max());
      }
    }
    if (defaultValue != null) {
      schema.set("default", defaultValue);
    }
    if (header != null) {
      schema.put("x-mcp-header", header);
    }
  }

  private static void put(ObjectNode schema, String name, double bound) {
    if (!Double.isInfinite(bound)) {
      schema.set(name, Json.NODES.numberNode(exact(bound)));
    }
  }

  private static BigDecimal exact(double bound) {
    BigDecimal number = BigDecimal.valueOf(bound).stripTrailingZeros();
    return number.scale() < 0 ? number.setScale(0) : number;
  }

  /** Checks a value that has the right type. */
  void check(JsonNode value, String place, Problems problems) {
    if (range != null) {
      BigDecimal number = number(value);
      if (number != null && isOutside(number)) {
        problems.add(place, "must be " + words(range.min(), range.max()));
      }
    }
    if (length != null && (value.isTextual() || value.isArray())) {
      int size = value.isArray()
          ? value.size()
          : value.textValue().codePointCount(0, value.textValue().length());
      if (size < length.min() || size > length.max()) {
        problems.add(
            place,
            "must have "
                + length.min()
                + (length.max() == Integer.MAX_VALUE ? " or more" : " to " + length.max())
                + (value.isArray() ? " elements" : " characters"));
      }
    }
  }

  private static BigDecimal number(JsonNode value) {
    if (value.isNumber()) {
      return value.decimalValue();
    }
    try { // a number that came as a string
      return value.isTextual() ? new BigDecimal(value.textValue().strip()) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private boolean isOutside(BigDecimal number) {
    return (!Double.isInfinite(range.min()) && number.compareTo(exact(range.min())) < 0)
        || (!Double.isInfinite(range.max()) && number.compareTo(exact(range.max())) > 0);
  }

  private static String words(double min, double max) {
    if (Double.isInfinite(max)) {
      return exact(min).toPlainString() + " or more";
    }
    return Double.isInfinite(min)
        ? exact(max).toPlainString() + " or less"
        : "from " + exact(min).toPlainString() + " to " + exact(max).toPlainString();
  }
}
