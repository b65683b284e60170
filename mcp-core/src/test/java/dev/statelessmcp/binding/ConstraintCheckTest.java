package dev.statelessmcp.binding;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.statelessmcp.schema.Description;
import dev.statelessmcp.schema.Format;
import dev.statelessmcp.schema.Length;
import dev.statelessmcp.schema.Nullable;
import dev.statelessmcp.schema.Range;
import dev.statelessmcp.schema.Title;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Constraints that no value of a type can satisfy are refused when the tool is built. */
@SuppressWarnings("ArrayRecordComponent")
class ConstraintCheckTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  enum Color {
    RED,
    @Title("Green")
    GREEN
  }

  record Impossible(
      @Range(min = 200) byte tooLarge,
      @Range(max = -129) byte tooSmall,
      @Range(min = 127.5) Byte between,
      @Range(min = 40_000) Optional<Short> optional,
      @Range(min = 3e9) int ofInt,
      @Range(max = -3e9) @Nullable Integer nullable,
      @Range(min = 3e9) OptionalInt optionalInt,
      @Range(min = 1e19) long ofLong,
      @Range(min = 1e300) float ofFloat,
      @Range(min = INFINITY) double infinite,
      @Range(max = -INFINITY) BigDecimal negative,
      @Range(min = Double.NaN) BigInteger none,
      @Range(min = 1, max = 0) double reversed,
      @Length(min = 6) Color constant,
      @Length(min = 3) Set<Color> distinct,
      @Length(min = 3) Set<Boolean> bools,
      @Length(max = 5) UUID uuid,
      @Length(max = 5) Optional<LocalDate> date,
      @Length(max = 5) Duration duration,
      @Length(min = 1) boolean bool,
      @Length(min = 1) Map<String, String> map,
      @Format("email") Color email,
      @Format("date") Instant date2,
      @Format("time") LocalTime time,
      @Format("uri") UUID uri) {}

  @Test
  void unsatisfiableConstraintsAreRefusedWithTheirPlace() throws Exception {
    Map<String, String> expected = new LinkedHashMap<>();
    String range = "must have a @Range in which its type has a value, was from ";
    expected.put("tooLarge", range + "200.0 to Infinity");
    expected.put("tooSmall", range + "-Infinity to -129.0");
    expected.put("between", range + "127.5 to Infinity");
    expected.put("optional", range + "40000.0 to Infinity");
    expected.put("ofInt", range + "3.0E9 to Infinity");
    expected.put("nullable", range + "-Infinity to -3.0E9");
    expected.put("optionalInt", range + "3.0E9 to Infinity");
    expected.put("ofLong", range + "1.0E19 to Infinity");
    expected.put("ofFloat", range + "1.0E300 to Infinity");
    expected.put("infinite", range + "Infinity to Infinity");
    expected.put("negative", range + "-Infinity to -Infinity");
    expected.put("none", "must have a @Range with min <= max");
    expected.put("reversed", "must have a @Range with min <= max");
    expected.put("constant", "must have a @Length that one of its constants has");
    expected.put("distinct", "must have a @Length with min <= 2, since its elements differ");
    expected.put("bools", "must have a @Length with min <= 2, since its elements differ");
    expected.put("uuid", "must not have @Length: the format of its text is fixed");
    expected.put("date", "must not have @Length: the format of its text is fixed");
    expected.put("duration", "must not have @Length: the format of its text is fixed");
    expected.put(
        "bool", "must be a string or an array because it has @Length, was of JSON type boolean");
    expected.put(
        "map", "must be a string or an array because it has @Length, was of JSON type object");
    expected.put("email", "must have a @Format that its values can have, was email");
    expected.put("date2", "must have a @Format that its values can have, was date");
    expected.put("time", "must have a @Format that its values can have, was time");
    expected.put("uri", "must have a @Format that its values can have, was uri");
    Map<String, String> found = new LinkedHashMap<>();
    for (var component : Impossible.class.getRecordComponents()) {
      JsonType<?> type = JsonTypes.ofType(component.getGenericType(), null, "it");
      found.put(
          component.getName(),
          assertThrows(
                  IllegalArgumentException.class,
                  () -> new Constraints(component.getAnnotations(), "it", type),
                  component::getName)
              .getMessage());
    }
    expected.replaceAll((name, message) -> "it " + message);
    assertEquals(String.join("\n", lines(expected)), String.join("\n", lines(found)));
  }

  private static List<String> lines(Map<String, String> all) {
    return all.entrySet().stream()
        .map(each -> each.getKey() + ": " + each.getValue())
        .toList();
  }

  record Possible(
      @Range(min = 127) byte last,
      @Range(max = -128) byte first,
      @Range(min = -1e9, max = 1e9) byte wide,
      @Range(min = 0.5, max = 1) int one,
      @Range(min = 1e18) long large,
      @Range(min = 0.1, max = 0.1) float single,
      @Range(min = 1e300) double huge,
      @Range(min = 1e300) BigDecimal decimal,
      @Length(min = 4) Color constant,
      @Length(min = 2, max = 2) Set<Color> all,
      @Length(min = 2) Set<Boolean> both,
      @Length(min = 3) Set<Integer> numbers,
      @Length(min = 3) List<Color> repeated,
      @Length(max = 8) byte[] bytes,
      @Length(max = 100) URI address,
      @Description("of a text") @Length(max = 100) String text,
      @Format("uri") URI absolute,
      @Format("duration") Duration duration,
      @Format("date-time") Instant instant,
      @Format("of-our-own") String hint) {}

  @Test
  void satisfiableConstraintsAreBuilt() {
    assertDoesNotThrow(() -> JsonTypes.ofRecord(Possible.class));
  }

  record Two(@Range(min = 200) byte b, String s) {}

  @Test
  void messageNamesTheComponent() {
    assertEquals(
        "Two.b must have a @Range in which its type has a value, was from 200.0 to Infinity",
        assertThrows(IllegalArgumentException.class, () -> JsonTypes.ofRecord(Two.class))
            .getMessage());
    assertEquals(25, Arrays.asList(Impossible.class.getRecordComponents()).size());
  }
}
