package dev.statelessmcp.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.schema.Nullable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Writes records as JSON. */
class WritingTest {

  enum Color {
    RED,
    GREEN
  }

  record Item(String name) {}

  record All(
      String s,
      int i,
      long l,
      short h,
      byte y,
      float f,
      double d,
      boolean b,
      BigInteger bi,
      BigDecimal bd,
      Color c,
      Instant t,
      LocalDate ld,
      LocalTime lt,
      LocalDateTime ldt,
      Duration p,
      UUID u,
      URI r,
      JsonNode any,
      List<Item> items,
      Set<Integer> set,
      Map<String, Double> map,
      Optional<String> os,
      OptionalInt oi,
      OptionalLong ol,
      OptionalDouble od,
      @Nullable String n) {}

  private static <T extends Record> String write(Class<T> type, T value) {
    return Json.text(JsonTypes.ofRecord(type).write(value));
  }

  private static All sample(boolean withOptionals) {
    return new All(
        "ä",
        -1,
        Long.MIN_VALUE,
        (short) 3,
        (byte) 4,
        0.1f,
        0.1,
        true,
        new BigInteger("9223372036854775808"),
        new BigDecimal("1.10"),
        Color.RED,
        Instant.parse("2026-07-28T12:00:00Z"),
        LocalDate.parse("2026-07-28"),
        LocalTime.parse("12:00:01"),
        LocalDateTime.parse("2026-07-28T12:00:01"),
        Duration.ofMinutes(15),
        UUID.fromString("123e4567-e89b-12d3-a456-426614174000"),
        URI.create("https://example.com"),
        Json.parse("[null]"),
        List.of(new Item("a"), new Item("b")),
        Collections.singleton(7),
        Map.of("k", 1.0),
        withOptionals ? Optional.of("") : Optional.empty(),
        withOptionals ? OptionalInt.of(0) : OptionalInt.empty(),
        withOptionals ? OptionalLong.of(0) : OptionalLong.empty(),
        withOptionals ? OptionalDouble.of(0.5) : OptionalDouble.empty(),
        withOptionals ? "n" : null);
  }

  @Test
  void everyTypeIsWritten() {
    assertEquals(
        "{\"s\":\"ä\",\"i\":-1,\"l\":-9223372036854775808,\"h\":3,\"y\":4,\"f\":0.1,\"d\":0.1,"
            + "\"b\":true,\"bi\":9223372036854775808,\"bd\":1.10,\"c\":\"RED\","
            + "\"t\":\"2026-07-28T12:00:00Z\",\"ld\":\"2026-07-28\",\"lt\":\"12:00:01\","
            + "\"ldt\":\"2026-07-28T12:00:01\",\"p\":\"PT15M\","
            + "\"u\":\"123e4567-e89b-12d3-a456-426614174000\",\"r\":\"https://example.com\","
            + "\"any\":[null],\"items\":[{\"name\":\"a\"},{\"name\":\"b\"}],\"set\":[7],"
            + "\"map\":{\"k\":1.0},\"os\":\"\",\"oi\":0,\"ol\":0,\"od\":0.5,\"n\":\"n\"}",
        write(All.class, sample(true)));
  }

  @Test
  void whatIsWrittenIsReadBackAndSatisfiesTheSchema() {
    JsonType<All> type = JsonTypes.ofRecord(All.class);
    SchemaValidator validator = new SchemaValidator(type.schema());
    for (All all : List.of(sample(true), sample(false))) {
      JsonNode written = Json.parse(Json.text(type.write(all)));
      Problems problems = new Problems(false);
      assertEquals(all, type.read(written, "answer", problems));
      validator.check(written, "answer", problems);
      assertEquals("", problems.toString());
    }
  }

  @Test
  @SuppressWarnings("NullOptional") // it happens
  void optionalEmptyAndNullMembersAreOmitted() {
    record Optionals(
        Optional<Item> a, OptionalInt b, @Nullable String c, Optional<String> d) {}
    assertEquals(
        "{}",
        write(Optionals.class, new Optionals(Optional.empty(), OptionalInt.empty(), null, null)));
  }

  @Test
  void nullInARequiredComponentIsAnInternalError() {
    record Answer(List<Item> items) {}
    JsonType<Answer> type = JsonTypes.ofRecord(Answer.class);
    assertEquals(
        "the answer violates the output schema: structuredContent.items must not be null;"
            + " declare Answer.items Optional or @Nullable if it may be missing",
        assertThrows(IllegalStateException.class, () -> type.write(new Answer(null)))
            .getMessage());
    assertEquals(
        "the answer violates the output schema: structuredContent.items[0].name must not be null;"
            + " declare Item.name Optional or @Nullable if it may be missing",
        assertThrows(
                IllegalStateException.class, () -> type.write(new Answer(List.of(new Item(null)))))
            .getMessage());
  }

  /** The derived schema does not allow a null there, and "Servers MUST … conform" to it. */
  @Test
  void nullInAListOrMapIsAnInternalError() {
    record Answer(List<String> list, Map<String, String> map) {}
    JsonType<Answer> type = JsonTypes.ofRecord(Answer.class);
    List<String> withNull = new ArrayList<>(Arrays.asList("a", null));
    Answer inList = new Answer(withNull, Map.of());
    assertThrows(IllegalStateException.class, () -> type.write(inList));
    Map<String, String> mapWithNull = new LinkedHashMap<>();
    mapWithNull.put("k", null);
    Answer inMap = new Answer(List.of(), mapWithNull);
    assertThrows(IllegalStateException.class, () -> type.write(inMap));
  }

  @Test
  void emptyElementOfAListOfOptionalsIsReadAndWrittenAsTheSchemaSays() {
    record Answer(List<Optional<String>> list) {}
    JsonType<Answer> type = JsonTypes.ofRecord(Answer.class);
    JsonNode written =
        Json.parse(Json.text(type.write(new Answer(List.of(Optional.of("a"), Optional.empty())))));
    Problems problems = new Problems(false);
    new SchemaValidator(type.schema()).check(written, "answer", problems);
    assertEquals("", problems.toString());
  }

  @Test
  void numberThatJsonCannotRepresentIsAnInternalError() {
    record Answer(double d, float f) {}
    JsonType<Answer> type = JsonTypes.ofRecord(Answer.class);
    for (Answer answer : List.of(
        new Answer(Double.NaN, 0),
        new Answer(Double.POSITIVE_INFINITY, 0),
        new Answer(0, Float.NEGATIVE_INFINITY))) {
      assertThrows(RuntimeException.class, () -> type.write(answer));
    }
  }

  /** RFC 3339 requires seconds; {@code OffsetDateTime.toString()} leaves out zero seconds. */
  @Test
  void dateTimeHasSeconds() {
    record Answer(OffsetDateTime at, Instant then) {}
    assertEquals(
        "{\"at\":\"2026-07-28T12:00:00+02:00\",\"then\":\"2026-07-28T12:00:00Z\"}",
        write(
            Answer.class,
            new Answer(
                OffsetDateTime.parse("2026-07-28T12:00+02:00"),
                Instant.parse("2026-07-28T12:00:00Z"))));
  }

  record Failing(String text) {
    @Override
    public String text() {
      throw new UnsupportedOperationException("no");
    }
  }

  @Test
  void accessorThatFailsIsAnInternalError() {
    JsonType<Failing> type = JsonTypes.ofRecord(Failing.class);
    String message = assertThrows(IllegalStateException.class, () -> type.write(new Failing("a")))
        .getMessage();
    assertTrue(message.contains("Failing.text"), message);
  }
}
