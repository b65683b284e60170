package dev.statelessmcp.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.schema.Default;
import dev.statelessmcp.schema.Description;
import dev.statelessmcp.schema.Format;
import dev.statelessmcp.schema.Length;
import dev.statelessmcp.schema.McpHeader;
import dev.statelessmcp.schema.Range;
import dev.statelessmcp.schema.Title;
import java.lang.annotation.Annotation;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;

/** The constraints of a record component beyond its type: those of its annotations. Immutable. */
final class Constraints {
  private String description;
  private String title;
  private String format;
  private String header;
  private JsonNode defaultValue;
  private Range range;
  private Length length;

  /** A component whose only annotation is the description; null if it has none. */
  Constraints(String description) {
    this.description = description;
  }

  Constraints(RecordComponent component, String place, String type) {
    // cold start: one pass, and an annotation class is loaded only if a component has one
    for (Annotation annotation : component.getAnnotations()) {
      if (annotation instanceof Description describes) {
        description = describes.value();
      } else if (annotation instanceof Range bounds) {
        range = bounds;
      } else if (annotation instanceof Length bounds) {
        length = bounds;
      } else if (annotation instanceof Default defaults) {
        defaultValue = value(defaults.value(), type, place);
      } else if (annotation instanceof Format formats) {
        format = formats.value();
      } else if (annotation instanceof Title titles) {
        title = titles.value();
      } else if (annotation instanceof McpHeader mirrors) {
        header = mirrors.value();
      }
    }
    boolean number = type.equals("integer") || type.equals("number");
    if (range != null && !number) {
      throw new IllegalArgumentException(
          place + " must be a number because it has @Range, was of JSON type " + shown(type));
    }
    if (length != null && !type.equals("string") && !type.equals("array")) {
      throw new IllegalArgumentException(place
          + " must be a string or an array because it has @Length, was of JSON type "
          + shown(type));
    }
  }

  private static String shown(String type) {
    return type.isEmpty() ? "any" : type;
  }

  private static JsonNode value(String text, String type, String place) {
    if (type.equals("string")) {
      return Json.NODES.textNode(text);
    }
    try {
      return Json.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the @Default of " + place + " must be JSON, was " + e.getMessage(), e);
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

  /** Checks a value, if it has the type that the constraints are for. */
  void check(JsonNode value, String place, Problems problems) {
    if (range != null) {
      BigDecimal number = number(value);
      if (number != null && isOutside(number)) {
        String shown = ScalarType.shown(number);
        problems.add(place, "must be " + words(range.min(), range.max()) + shown);
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
                + (value.isArray() ? " elements" : " characters")
                + ", had "
                + size);
      }
    }
  }

  private static BigDecimal number(JsonNode value) {
    if (value.isNumber()) {
      return value.decimalValue();
    }
    try { // in lenient mode, a number may be a string
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
