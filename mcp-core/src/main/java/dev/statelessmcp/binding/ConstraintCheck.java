package dev.statelessmcp.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.schema.Length;
import dev.statelessmcp.schema.Range;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks that the constraints of a component apply to its type, and that a value can satisfy them,
 * because a tool that refuses every call must not be built. Loaded only if there is a constraint.
 */
final class ConstraintCheck {
  private static final String SAMPLE = "such as ";

  private final JsonType<?> type;
  private final ObjectNode schema;
  private final String name; // of the type in JSON; empty if it has no single one
  private final String place;

  ConstraintCheck(JsonType<?> type, String place) {
    this.type = type;
    this.place = place;
    schema = type.schema();
    name = schema.path("type").asText();
  }

  /**
   * Checks all.
   *
   * @throws IllegalArgumentException if one does not apply to the type, or cannot be satisfied
   */
  void check(@Nullable Range range, @Nullable Length length, @Nullable String format) {
    if (range != null) {
      check(range);
    }
    if (length != null) {
      check(length);
    }
    if (format != null) {
      check(format);
    }
  }

  private void require(boolean condition, String what) {
    if (!condition) {
      throw new IllegalArgumentException(place + " must " + what);
    }
  }

  private void requireType(boolean condition, String expected, String annotation) {
    require(
        condition,
        "be " + expected + " because it has @" + annotation + ", was of JSON type "
            + (name.isEmpty() ? "any" : name));
  }

  private void check(Range range) {
    boolean integer = name.equals("integer");
    requireType(integer || name.equals("number"), "a number", "Range");
    require(range.min() <= range.max(), "have a @Range with min <= max");
    require(
        !integer || Math.ceil(range.min()) <= Math.floor(range.max()),
        "have a @Range with an integer in it");
    // Two ranges overlap if both contain 0, or neither is beyond an end of the other
    double from = integer ? Math.ceil(range.min()) : range.min();
    double to = integer ? Math.floor(range.max()) : range.max();
    require(
        isValue(from, range) || isValue(to, range) || isValue(0, range),
        "have a @Range in which its type has a value, was from " + range.min() + " to "
            + range.max());
  }

  /** Whether the type can be a number, and the number is in the range. */
  private boolean isValue(double number, Range range) {
    if (Double.isInfinite(number)) {
      return false;
    }
    BigDecimal exact = Constraints.exact(number);
    Problems problems = new Problems(false);
    type.read(Json.NODES.numberNode(exact), "", problems);
    return problems.isEmpty() && !Constraints.isOutside(range, exact);
  }

  private void check(Length length) {
    requireType(name.equals("string") || name.equals("array"), "a string or an array", "Length");
    require(
        length.min() >= 0 && length.min() <= length.max(), "have a @Length with 0 <= min <= max");
    List<String> constants = constants(schema);
    boolean found = constants.isEmpty();
    for (String constant : constants) {
      int size = constant.codePointCount(0, constant.length());
      found |= size >= length.min() && size <= length.max();
    }
    require(found, "have a @Length that one of its constants has");
    require(!hasOwnForm(), "not have @Length: the format of its text is fixed");
    if (schema.has("uniqueItems")) {
      JsonNode items = schema.path("items");
      int different =
          items.path("type").asText().equals("boolean") ? 2 : constants(items).size();
      require(
          different == 0 || length.min() <= different,
          "have a @Length with min <= " + different + ", since its elements differ");
    }
  }

  private void check(String format) {
    requireType(name.equals("string"), "a string", "Format");
    require(!format.isBlank(), "have a @Format with a name");
    List<String> constants = constants(schema);
    boolean found = constants.isEmpty();
    for (String constant : constants) {
      found |= Formats.isValid(format, constant);
    }
    String own = schema.path("format").asText();
    String description = schema.path("description").asText();
    int sample = description.indexOf(SAMPLE);
    found &= own.isEmpty()
        || own.equals(format)
        || (own.equals("uri-reference") && format.equals("uri"));
    found &= !hasOwnForm()
        || sample < 0
        || Formats.isValid(format, description.substring(sample + SAMPLE.length()));
    require(found, "have a @Format that its values can have, was " + format);
  }

  /** Whether the type has a fixed format, such as a date. */
  private boolean hasOwnForm() {
    String format = schema.path("format").asText();
    boolean described = schema.has("description") && constants(schema).isEmpty();
    return described || (!format.isEmpty() && !format.equals("uri-reference"));
  }

  /** The constants of an enum; empty for other types. */
  private static List<String> constants(JsonNode schema) {
    List<String> constants = new ArrayList<>();
    for (JsonNode one : schema.path("enum")) {
      constants.add(one.asText());
    }
    for (String choices : List.of("oneOf", "anyOf")) {
      for (JsonNode one : schema.path(choices)) {
        if (one.path("const").isTextual()) {
          constants.add(one.get("const").textValue());
        }
      }
    }
    return constants;
  }
}
