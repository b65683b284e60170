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
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The constraints of a record component from its annotations. They are part of its schema, and
 * apply to reading and writing. Immutable.
 */
final class Constraints {
  private @Nullable String description;
  private @Nullable String title;
  private @Nullable String format;
  private @Nullable String header;
  private @Nullable JsonNode defaultValue;
  private @Nullable Range range;
  private @Nullable Length length;

  /**
   * Creates the constraints of a component whose only annotation is the description; null for none.
   */
  Constraints(@Nullable String description) {
    this.description = description;
  }

  /**
   * Reads the annotations of a component or parameter.
   *
   * @param type its type
   * @throws IllegalArgumentException if an annotation does not apply to the type, or no value of
   *     the type satisfies it
   */
  Constraints(Annotation[] annotations, String place, JsonType<?> type) {
    // cold start: one pass, and an annotation class is loaded only if a component has one
    for (Annotation annotation : annotations) {
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
    if (range != null || length != null || format != null) {
      new ConstraintCheck(type, place).check(range, length, format);
    }
  }

  private static JsonNode value(String text, JsonType<?> type, String place) {
    if (type.schema().path("type").asText().equals("string")) {
      return Json.NODES.textNode(text);
    }
    try {
      return Json.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the @Default of " + place + " must be JSON, was " + e.getMessage(), e);
    }
  }

  /** Sets the description if there is none. */
  void describe(@Nullable String text) {
    if (description == null) {
      description = text;
    }
  }

  /**
   * Returns the default value.
   *
   * @param type the type that must be able to read it
   * @return null if there is none
   * @throws IllegalArgumentException if the type or the other constraints refuse it
   */
  @Nullable
  JsonNode defaultValue(JsonType<?> type, String place) {
    if (defaultValue == null) {
      return null;
    }
    Problems problems = new Problems(false);
    String where = "the @Default of " + place;
    if (defaultValue.isNull() && type.isOptional()) {
      problems.add(where, "must not be null, which is the same as a missing value");
    } else {
      type.read(defaultValue, where, problems);
      check(defaultValue, where, problems);
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(problems.toString());
    }
    return defaultValue;
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
      JsonNode own = schema.get(name); // of the type, such as a byte; the narrower one applies
      boolean wider = own != null
          && (name.equals("minimum") ? own.doubleValue() > bound : own.doubleValue() < bound);
      if (!wider) {
        schema.set(name, Json.NODES.numberNode(exact(bound)));
      }
    }
  }

  static BigDecimal exact(double bound) {
    BigDecimal number = BigDecimal.valueOf(bound).stripTrailingZeros();
    return number.scale() < 0 ? number.setScale(0) : number;
  }

  /** Checks a value, if the constraints apply to its type. */
  void check(JsonNode value, String place, Problems problems) {
    if (range != null && value.isNumber()) {
      // The exact value of a float differs from its text: 0.3f is slightly more than 0.3
      BigDecimal number = value.isFloat() ? new BigDecimal(value.asText()) : value.decimalValue();
      if (isOutside(range, number)) {
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
    if (format != null && value.isTextual() && !Formats.isValid(format, value.textValue())) {
      problems.add(place, "must have the format " + format);
    }
  }

  static boolean isOutside(Range range, BigDecimal number) {
    boolean below =
        Double.isInfinite(range.min()) ? range.min() > 0 : number.compareTo(exact(range.min())) < 0;
    boolean above =
        Double.isInfinite(range.max()) ? range.max() < 0 : number.compareTo(exact(range.max())) > 0;
    return below || above;
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
