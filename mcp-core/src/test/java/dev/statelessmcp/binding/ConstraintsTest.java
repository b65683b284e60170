package dev.statelessmcp.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.json.Json;
import dev.statelessmcp.schema.Default;
import dev.statelessmcp.schema.Format;
import dev.statelessmcp.schema.Length;
import dev.statelessmcp.schema.Nullable;
import dev.statelessmcp.schema.Range;
import java.math.BigDecimal;
import java.net.URI;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the annotations of components promise holds for arguments, answers and defaults. */
class ConstraintsTest {

  private static <T> String read(Class<T> type, String json) {
    Problems problems = new Problems(false);
    T value = JsonTypes.ofRecord(type).read(Json.parse(json), "arguments", problems);
    return problems.isEmpty() ? value.toString() : problems.toString();
  }

  private static <T> String write(Class<T> type, T value) {
    try {
      return Json.text(JsonTypes.ofRecord(type).write(value));
    } catch (IllegalStateException e) {
      return e.getMessage();
    }
  }

  record Bounded(
      @Range(min = 0, max = 10) int n,
      @Length(max = 3) String s,
      @Format("email") String e,
      Set<BigDecimal> set) {}

  @Test
  void answerThatViolatesAConstraintIsOurFailureWithItsPlace() {
    assertEquals(
        "the answer violates the output schema:"
            + " structuredContent.n must be from 0 to 10, was 50;"
            + " structuredContent.s must have 0 to 3 characters, had 8;"
            + " structuredContent.e must have the format email",
        write(Bounded.class, new Bounded(50, "too long", "nobody", Set.of())));
    Set<BigDecimal> same =
        new LinkedHashSet<>(List.of(new BigDecimal("1.0"), new BigDecimal("1.00")));
    assertEquals(
        "the answer violates the output schema:"
            + " structuredContent.set[1] must not repeat an earlier element",
        write(Bounded.class, new Bounded(5, "abc", "a@example.com", same)));
  }

  @Test
  void argumentWithoutItsFormatIsRefused() {
    assertEquals(
        "arguments.e must have the format email",
        read(Bounded.class, "{\"n\":1,\"s\":\"a\",\"e\":\"nobody\",\"set\":[]}"));
  }

  record Times(@Nullable OffsetDateTime at, @Nullable LocalDate on) {}

  @Test
  void valueWithoutATextOfItsFormatIsOurFailure() {
    assertEquals(
        "the answer violates the output schema: structuredContent.at must be a date and time such"
            + " as 2026-07-28T12:00:00+02:00, but this value cannot be written in the format date-time;"
            + " structuredContent.on must be a date such as 2026-07-28, but this value cannot be"
            + " written in the format date",
        write(
            Times.class,
            new Times(OffsetDateTime.parse("+10000-01-01T00:00:00Z"), LocalDate.of(-1, 1, 1))));
    assertEquals(
        "{\"at\":\"2026-07-28T12:00:00+01:00\"}",
        write(Times.class, new Times(OffsetDateTime.parse("2026-07-28T12:00:30+01:00:30"), null)));
  }

  record Links(URI any, @Format("uri") @Nullable URI absolute) {}

  @Test
  void uriMayBeRelativeUnlessItsFormatSaysOtherwise() {
    assertEquals(
        "{\"any\":\"docs/Z%C3%BCrich\"}",
        write(Links.class, new Links(URI.create("docs/Zürich"), null)));
    assertEquals(
        "the answer violates the output schema: structuredContent.absolute must have the format uri",
        write(Links.class, new Links(URI.create(""), URI.create("docs/a"))));
  }

  record Rows(List<Optional<String>> cells, Map<String, @Nullable Integer> more) {}

  @Test
  void emptyElementsKeepTheirPlaces() {
    Rows rows = new Rows(
        List.of(Optional.of("a"), Optional.empty(), Optional.of("c")),
        new java.util.TreeMap<>(Map.of("x", 1)));
    rows.more().put("y", null);
    String json = "{\"cells\":[\"a\",null,\"c\"],\"more\":{\"x\":1,\"y\":null}}";
    assertEquals(json, write(Rows.class, rows));
    assertEquals(rows.toString(), read(Rows.class, json));
  }

  record Nulls(@Nullable List<String> list) {}

  @Test
  void nullElementThatIsNotDeclaredIsOurFailure() {
    assertEquals(
        "the answer violates the output schema: structuredContent.list[1] must not be null;"
            + " declare the elements Optional if they may be empty",
        write(Nulls.class, new Nulls(Arrays.asList("a", null))));
  }

  enum Color {
    RED,
    GREEN
  }

  record Defaults(
      @Default("10") int limit,
      @Default("RED") Color color,
      @Default("2026-07-28") LocalDate day,
      @Default("[\"a\"]") List<String> tags,
      @Default("null") String word,
      @Default("7") OptionalInt hint,
      @Default("8") @Nullable Integer other) {}

  @Test
  void missingValueBecomesTheDefaultUnlessItMayBeMissing() {
    String expected = "Defaults[limit=10, color=RED, day=2026-07-28, tags=[a], word=null,"
        + " hint=OptionalInt.empty, other=null]";
    assertEquals(expected, read(Defaults.class, "{}"));
    assertEquals(expected, read(Defaults.class, "{\"limit\":null,\"color\":null,\"tags\":null}"));
    assertNull(JsonTypes.ofRecord(Defaults.class).schema().get("required"));
    assertEquals(
        "{\"type\":\"string\",\"enum\":[\"RED\",\"GREEN\"],\"default\":\"RED\"}",
        Json.text(JsonTypes.ofRecord(Defaults.class).schema().at("/properties/color")));
  }

  record D1(@Default("[\"a\"]") int n) {}

  record D2(@Default("MAGENTA") Color c) {}

  record D3(@Default("2026-13-45") LocalDate d) {}

  record D4(@Default("50") @Range(max = 10) int r) {}

  record D5(@Default("nobody") @Format("email") String e) {}

  record D6(@Default("null") Optional<Integer> o) {}

  record D7(@Default("{") List<String> list) {}

  record D8(@Default("\"5\"") int n) {}

  record F1(@Format("int32") int n) {}

  record F2(@Format("email") List<String> list) {}

  record R1(@Range(min = 2, max = 1) int n) {}

  record R2(@Range(min = 0.5, max = 0.7) int n) {}

  record F3(@Format(" ") String s) {}

  record L1(@Length(min = 2, max = 1) String n) {}

  record L2(@Length(min = -1) String n) {}

  @ParameterizedTest
  @ValueSource(
      classes = {
        D1.class, D2.class, D3.class, D4.class, D5.class, D6.class, D7.class, D8.class, F1.class,
        F2.class, F3.class, R1.class, R2.class, L1.class, L2.class
      })
  void annotationThatCannotHoldIsRefusedWithItsPlace(Class<?> type) {
    String message = assertThrows(IllegalArgumentException.class, () -> JsonTypes.ofRecord(type))
        .getMessage();
    String place = type.getSimpleName() + "." + type.getRecordComponents()[0].getName();
    assertTrue(message.contains(place), message);
  }

  record Small(
      @Range(min = -1000, max = 300) byte b,
      @Range(min = 5, max = 300) byte c,
      @Range(max = 70_000) short s) {}

  /** What the schema allows can be read. */
  @Test
  void rangeWidensNoType() {
    assertEquals(
        "{\"b\":{\"type\":\"integer\",\"minimum\":-128,\"maximum\":127},"
            + "\"c\":{\"type\":\"integer\",\"minimum\":5,\"maximum\":127},"
            + "\"s\":{\"type\":\"integer\",\"minimum\":-32768,\"maximum\":32767}}",
        Json.text(JsonTypes.ofRecord(Small.class).schema().get("properties")));
    assertEquals(
        "Small[b=-128, c=5, s=32767]", read(Small.class, "{\"b\":-128,\"c\":5,\"s\":32767}"));
  }

  record Floats(
      @Range(min = 0.1, max = 0.3) float f,
      @Range(max = 0.1) Optional<Float> g) {}

  /** As a float 0.3 is a little more than 0.3; what is written is 0.3. */
  @Test
  void floatAtTheEndOfItsRangeIsReadAndWritten() {
    JsonType<Floats> type = JsonTypes.ofRecord(Floats.class);
    for (String json : List.of("{\"f\":0.3,\"g\":0.1}", "{\"f\":0.1}")) {
      Problems problems = new Problems(false);
      Floats read = type.read(Json.parse(json), "arguments", problems);
      assertEquals("", problems.toString());
      assertEquals(json, Json.text(type.write(read)));
    }
    assertThrows(
        IllegalStateException.class, () -> type.write(new Floats(0.31f, Optional.empty())));
  }

  @Test
  void refusalOfADefaultSaysWhatWasExpected() {
    assertEquals(
        "the @Default of D2.c must be one of RED, GREEN",
        assertThrows(IllegalArgumentException.class, () -> JsonTypes.ofRecord(D2.class))
            .getMessage());
  }
}
