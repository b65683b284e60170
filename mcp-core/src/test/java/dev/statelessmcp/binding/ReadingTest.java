package dev.statelessmcp.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.schema.Nullable;
import dev.statelessmcp.schema.Range;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads records from JSON, and reports JSON that is not valid. */
class ReadingTest {

  enum Color {
    RED,
    GREEN
  }

  record Item(String name, OptionalInt count) {}

  record All(
      Optional<String> string,
      Optional<Integer> integer,
      @Nullable Long big,
      @Nullable Short small,
      @Nullable Byte tiny,
      @Nullable BigInteger huge,
      @Nullable BigDecimal exact,
      @Nullable Double number,
      @Nullable Float half,
      @Nullable Boolean flag,
      @Nullable Color color,
      @Nullable Instant instant,
      @Nullable OffsetDateTime offset,
      @Nullable LocalDate date,
      @Nullable LocalTime time,
      @Nullable LocalDateTime local,
      @Nullable Duration duration,
      @Nullable UUID uuid,
      @Nullable URI uri,
      @Nullable JsonNode any,
      @Nullable List<Item> items,
      @Nullable Collection<String> strings,
      @Nullable Set<Integer> set,
      @Nullable Map<String, Integer> map,
      OptionalInt oi,
      OptionalLong ol,
      OptionalDouble od) {}

  private static final JsonType<All> TYPE = JsonTypes.ofRecord(All.class);

  private static All read(String json, boolean lenient) {
    Problems problems = new Problems(lenient);
    All all = TYPE.read(Json.parse(json), "arguments", problems);
    assertEquals("", problems.toString());
    return all;
  }

  private static <T> String problems(JsonType<T> type, String json, boolean lenient) {
    Problems problems = new Problems(lenient);
    T value = type.read(Json.parse(json), "arguments", problems);
    assertEquals(problems.isEmpty(), value != null, problems::toString);
    return problems.toString();
  }

  private static String problems(String json) {
    return problems(TYPE, json, false);
  }

  @Test
  void everyTypeIsRead() {
    All all = read("""
        {"string": "s", "integer": -1, "big": 9223372036854775807, "small": -32768, "tiny": 127,
         "huge": 9223372036854775808, "exact": 1.10, "number": 1.5, "half": 0.5, "flag": true,
         "color": "GREEN", "instant": "2026-07-28T14:00:00+02:00",
         "offset": "2026-07-28T14:00:00+02:00", "date": "2026-07-28", "time": "12:00:01",
         "local": "2026-07-28T12:00:00", "duration": "PT15M",
         "uuid": "123e4567-e89b-12d3-a456-426614174000", "uri": "https://example.com/a",
         "any": [1, {"a": null}], "items": [{"name": "a"}, {"name": "b", "count": 2}],
         "strings": ["x", "x"], "set": [2, 1], "map": {"b": 1, "a": 2},
         "oi": 1, "ol": 2, "od": 3}
        """, false);
    assertEquals(
        new All(
            Optional.of("s"),
            Optional.of(-1),
            Long.MAX_VALUE,
            Short.MIN_VALUE,
            Byte.MAX_VALUE,
            new BigInteger("9223372036854775808"),
            new BigDecimal("1.10"),
            1.5,
            0.5f,
            true,
            Color.GREEN,
            Instant.parse("2026-07-28T12:00:00Z"),
            OffsetDateTime.parse("2026-07-28T14:00:00+02:00"),
            LocalDate.parse("2026-07-28"),
            LocalTime.parse("12:00:01"),
            LocalDateTime.parse("2026-07-28T12:00:00"),
            Duration.ofMinutes(15),
            UUID.fromString("123e4567-e89b-12d3-a456-426614174000"),
            URI.create("https://example.com/a"),
            Json.parse("[1, {\"a\": null}]"),
            List.of(new Item("a", OptionalInt.empty()), new Item("b", OptionalInt.of(2))),
            List.of("x", "x"),
            Set.of(1, 2),
            Map.of("a", 2, "b", 1),
            OptionalInt.of(1),
            OptionalLong.of(2),
            OptionalDouble.of(3)),
        all);
    assertEquals("[2, 1]", all.set().toString());
    assertEquals("{b=1, a=2}", all.map().toString());
  }

  @Test
  void missingAndNullMembersAreEmpty() {
    All missing = read("{}", false);
    assertEquals(Optional.empty(), missing.string());
    assertEquals(OptionalInt.empty(), missing.oi());
    assertEquals(null, missing.items());
    assertEquals(
        missing,
        read(
            "{\"string\":null,\"integer\":null,\"big\":null,\"color\":null,\"any\":null,"
                + "\"items\":null,\"oi\":null,\"ol\":null,\"od\":null}",
            false));
  }

  @Test
  void collectionsThatWereReadCannotBeChanged() {
    All all = read("{\"strings\":[\"a\"],\"set\":[1],\"map\":{\"a\":1}}", false);
    assertThrows(UnsupportedOperationException.class, () -> all.strings().add("b"));
    assertThrows(UnsupportedOperationException.class, () -> all.set().add(2));
    assertThrows(UnsupportedOperationException.class, () -> all.map().put("b", 2));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
          {"string":1} | arguments.string must be a string, not a number
          {"string":true} | arguments.string must be a string, not a boolean
          {"string":[]} | arguments.string must be a string, not an array
          {"string":{}} | arguments.string must be a string, not an object
          {"integer":"1"} | arguments.integer must be an integer, not a string
          {"integer":true} | arguments.integer must be an integer, not a boolean
          {"integer":1.5} | arguments.integer must be an integer, not a number with a fraction
          {"integer":3000000000.5} | arguments.integer must be an integer, not a number with a fraction
          {"integer":2147483648} | arguments.integer must be from -2147483648 to 2147483647, was 2147483648
          {"integer":1e400} | arguments.integer must be from -2147483648 to 2147483647, was 1E+400
          {"oi":2147483648} | arguments.oi must be from -2147483648 to 2147483647, was 2147483648
          {"big":9223372036854775808} | arguments.big must be from -9223372036854775808 to 9223372036854775807, was 9223372036854775808
          {"small":32768} | arguments.small must be from -32768 to 32767, was 32768
          {"tiny":-129} | arguments.tiny must be from -128 to 127, was -129
          {"huge":0.1} | arguments.huge must be an integer, not a number with a fraction
          {"exact":"1"} | arguments.exact must be a number, not a string
          {"number":1e400} | arguments.number must be within the range of a floating-point number, was 1E+400
          {"half":1e39} | arguments.half must be within the range of a floating-point number, was 1E+39
          {"number":[]} | arguments.number must be a number, not an array
          {"flag":"true"} | arguments.flag must be true or false, not a string
          {"flag":1} | arguments.flag must be true or false, not a number
          {"color":"red"} | arguments.color must be one of RED, GREEN
          {"color":1} | arguments.color must be one of RED, GREEN, not a number
          {"instant":"2026-07-28"} | arguments.instant must be a date and time such as 2026-07-28T12:00:00Z
          {"instant":1} | arguments.instant must be a date and time such as 2026-07-28T12:00:00Z, not a number
          {"offset":"2026-07-28T12:00:00"} | arguments.offset must be a date and time such as 2026-07-28T12:00:00+02:00
          {"date":"2026-02-30"} | arguments.date must be a date such as 2026-07-28
          {"time":"25:00"} | arguments.time must be a time such as 12:00:00
          {"local":"2026-07-28T12:00:00Z"} | arguments.local must be a date and time such as 2026-07-28T12:00:00
          {"duration":"15m"} | arguments.duration must be a duration such as PT15M
          {"uuid":"x"} | arguments.uuid must be a UUID
          {"uuid":"1-1-1-1-1"} | arguments.uuid must be a UUID
          {"uri":"a b"} | arguments.uri must be a URI
          {"items":{}} | arguments.items must be an array, not an object
          {"items":[{"name":"a"},{"name":1}]} | arguments.items[1].name must be a string, not a number
          {"items":[null]} | arguments.items[0] must not be null
          {"items":[{"name":null}]} | arguments.items[0].name must not be null
          {"items":[{},[]]} | arguments.items[0].name is required; arguments.items[1] must be an object, not an array
          {"set":[1,2,1.0]} | arguments.set[2] must not repeat an earlier element
          {"map":[]} | arguments.map must be an object, not an array
          {"map":{"a":1,"b":"2"}} | arguments.map.b must be an integer, not a string
          {"map":{"a":null}} | arguments.map.a must not be null
          [] | arguments must be an object, not an array
          """)
  void mismatchesAreReportedWithTheirPlace(String json, String problem) {
    assertEquals(problem, problems(json));
  }

  @Test
  void integerMayBeWrittenWithAZeroFraction() {
    assertEquals(5, read("{\"integer\":5.0}", false).integer().orElseThrow());
    assertEquals(500L, read("{\"big\":5e2}", false).big());
  }

  @Test
  void leniencyTakesScalarsAsStrings() {
    All all = read("""
        {"integer": "5", "big": " -7 ", "exact": "1.10", "number": "1e3", "flag": "True",
         "oi": "5.0", "set": ["1", "2"], "map": {"a": "1"}, "items": [{"name":"a","count":"1"}]}
        """, true);
    assertEquals("5", read("{\"string\":5}", true).string().orElseThrow());
    assertEquals(List.of(), read("{\"items\":\"[]\"}", true).items());
    assertEquals(5, all.integer().orElseThrow());
    assertEquals(-7, all.big());
    assertEquals(new BigDecimal("1.10"), all.exact());
    assertEquals(1000.0, all.number());
    assertEquals(true, all.flag());
    assertEquals(5, all.oi().orElseThrow());
    assertEquals(Set.of(1, 2), all.set());
    assertEquals(1, all.items().get(0).count().orElseThrow());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
          {"integer":""} | arguments.integer must be an integer, not a string
          {"integer":"five"} | arguments.integer must be an integer, not a string
          {"integer":"0x5"} | arguments.integer must be an integer, not a string
          {"integer":"1.5"} | arguments.integer must be an integer, not a number with a fraction
          {"integer":"2147483648"} | arguments.integer must be from -2147483648 to 2147483647, was 2147483648
          {"integer":"1e999999999"} | arguments.integer must be an integer, not a string
          {"exact":"1e-999999999"} | arguments.exact must be a number, not a string
          {"number":"NaN"} | arguments.number must be a number, not a string
          {"number":"Infinity"} | arguments.number must be a number, not a string
          {"flag":"yes"} | arguments.flag must be true or false, not a string
          {"flag":""} | arguments.flag must be true or false, not a string
          {"integer":true} | arguments.integer must be an integer, not a boolean
          {"flag":1} | arguments.flag must be true or false, not a number
          {"string":[5]} | arguments.string must be a string, not an array
          {"strings":"a"} | arguments.strings must be an array, not a string
          {"items":"{}"} | arguments.items must be an array, not a string
          {"items":"[1"} | arguments.items must be an array, not a string
          {"map":"[]"} | arguments.map must be an object, not a string
          {"items":"[null]"} | arguments.items[0] must not be null
          {"items":["null"]} | arguments.items[0] must be an object, not a string
          {"color":"None"} | arguments.color must be one of RED, GREEN
          {"set":["1",1]} | arguments.set[1] must not repeat an earlier element
          """)
  void leniencyGoesNoFurther(String json, String problem) {
    assertEquals(problem, problems(TYPE, json, true));
  }

  @Test
  void numberInAStringOfMoreThan100CharactersIsNone() {
    assertEquals(
        "arguments.huge must be an integer, not a string",
        problems(TYPE, "{\"huge\":\"" + "1".repeat(101) + "\"}", true));
    assertNotNull(read("{\"huge\":\"" + "1".repeat(100) + "\"}", true).huge());
  }

  record Two(int a, String b) {}

  @Test
  void everyProblemIsSaidAtOnce() {
    assertEquals(
        "arguments.a is required; arguments.b must not be null;"
            + " arguments.c is not known; known are a, b",
        problems(JsonTypes.ofRecord(Two.class), "{\"b\":null,\"c\":1}", true));
  }

  @Test
  void unknownMemberOfARecordWithoutComponentsIsSaid() {
    record Nothing() {}
    assertEquals(
        "arguments.x is not known; there are no arguments",
        problems(JsonTypes.ofRecord(Nothing.class), "{\"x\":1}", true));
  }

  @Test
  void unknownMemberOfANestedRecordIsSaid() {
    assertEquals(
        "arguments.items[2].nmae is not known; known are name, count",
        problems(
            "{\"items\":[{\"name\":\"a\"},{\"name\":\"b\"},{\"name\":\"c\",\"nmae\":\"d\"}]}"));
  }

  @Test
  void moreThanTwentyProblemsAreCounted() {
    String json = "{\"items\":[" + "1,".repeat(24) + "1]}";
    String problems = problems(json);
    assertTrue(
        problems.endsWith("; arguments.items[19] must be an object, not a number; and 5 more"),
        problems);
    assertEquals(21, problems.split("; ", -1).length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "1", "[1]", "{\"a\":null}", "\"\""})
  void anyValueIsAnything(String json) {
    record Anything(JsonNode any) {}
    assertEquals("", problems(JsonTypes.ofRecord(Anything.class), "{\"any\":" + json + "}", false));
  }

  record Range(int from, int to) {
    Range {
      if (from > to) {
        throw new IllegalArgumentException("from must not be greater than to");
      }
      if (from == 0) {
        throw new IllegalArgumentException();
      }
      if (to == 0) {
        throw new IllegalStateException("secret");
      }
    }
  }

  record Ranges(List<Range> ranges) {}

  @Test
  void whatARecordSaysAboutItselfIsForTheModel() {
    assertEquals(
        "arguments.ranges[1] is not valid: from must not be greater than to",
        problems(
            JsonTypes.ofRecord(Ranges.class),
            "{\"ranges\":[{\"from\":1,\"to\":2},{\"from\":2,\"to\":1}]}",
            true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"from\":0,\"to\":1}", "{\"from\":-1,\"to\":0}"})
  void anyOtherFailureOfAConstructorIsAnInternalError(String json) {
    JsonType<Range> type = JsonTypes.ofRecord(Range.class);
    JsonNode node = Json.parse(json);
    IllegalStateException e = assertThrows(
        IllegalStateException.class, () -> type.read(node, "arguments", new Problems(true)));
    assertEquals("the constructor of " + Range.class.getName() + " failed", e.getMessage());
  }

  @Test
  void constructorDoesNotRunIfAComponentIsWrong() {
    assertEquals(
        "arguments.to must be an integer, not a string",
        problems(JsonTypes.ofRecord(Range.class), "{\"from\":0,\"to\":\"x\"}", true));
  }
}
