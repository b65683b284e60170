package dev.statelessmcp.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.schema.Description;
import dev.statelessmcp.schema.Nullable;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
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
import org.junit.jupiter.params.provider.ValueSource;

/** The derived schema of every supported type, and the types that are refused. */
class JsonTypesTest {

  enum Color {
    RED,
    GREEN {
      @Override
      public String toString() {
        return "a constant with a body";
      }
    }
  }

  private static void assertSchema(Class<? extends Record> type, String members) {
    assertEquals("{\"type\":\"object\"," + members + "}", schema(type));
  }

  private static String schema(Class<? extends Record> type) {
    return Json.text(JsonTypes.ofRecord(type).schema());
  }

  @Test
  void scalarsAndBoxesAreTheSame() {
    record Scalars(
        String s, int i, Integer ii, long l, Long ll, boolean b, Boolean bb, double d, Double dd) {}
    assertSchema(
        Scalars.class,
        "\"properties\":{\"s\":{\"type\":\"string\"},\"i\":{\"type\":\"integer\"},"
            + "\"ii\":{\"type\":\"integer\"},\"l\":{\"type\":\"integer\"},"
            + "\"ll\":{\"type\":\"integer\"},\"b\":{\"type\":\"boolean\"},"
            + "\"bb\":{\"type\":\"boolean\"},\"d\":{\"type\":\"number\"},"
            + "\"dd\":{\"type\":\"number\"}},"
            + "\"required\":[\"s\",\"i\",\"ii\",\"l\",\"ll\",\"b\",\"bb\",\"d\",\"dd\"],"
            + "\"additionalProperties\":false");
  }

  @Test
  void smallIntegersHaveBoundsAndBigOnesHaveNot() {
    record Numbers(byte b, Short s, float f, BigInteger i, BigDecimal d) {}
    assertSchema(
        Numbers.class,
        "\"properties\":{\"b\":{\"type\":\"integer\",\"minimum\":-128,\"maximum\":127},"
            + "\"s\":{\"type\":\"integer\",\"minimum\":-32768,\"maximum\":32767},"
            + "\"f\":{\"type\":\"number\"},\"i\":{\"type\":\"integer\"},"
            + "\"d\":{\"type\":\"number\"}},\"required\":[\"b\",\"s\",\"f\",\"i\",\"d\"],"
            + "\"additionalProperties\":false");
  }

  @Test
  void textsHaveTheFormatThatJsonSchemaKnows() {
    record Texts(
        Instant i,
        OffsetDateTime o,
        LocalDate d,
        LocalTime t,
        LocalDateTime dt,
        Duration p,
        UUID u,
        URI r) {}
    assertSchema(
        Texts.class,
        "\"properties\":{\"i\":{\"type\":\"string\",\"format\":\"date-time\"},"
            + "\"o\":{\"type\":\"string\",\"format\":\"date-time\"},"
            + "\"d\":{\"type\":\"string\",\"format\":\"date\"},"
            + "\"t\":{\"type\":\"string\",\"description\":\"a time such as 12:00:00\"},"
            + "\"dt\":{\"type\":\"string\","
            + "\"description\":\"a date and time such as 2026-07-28T12:00:00\"},"
            + "\"p\":{\"type\":\"string\",\"description\":\"a duration such as PT15M\"},"
            + "\"u\":{\"type\":\"string\",\"format\":\"uuid\"},"
            + "\"r\":{\"type\":\"string\",\"format\":\"uri-reference\"}},"
            + "\"required\":[\"i\",\"o\",\"d\",\"t\",\"dt\",\"p\",\"u\",\"r\"],"
            + "\"additionalProperties\":false");
  }

  @Test
  void collectionsAndNestedRecordsAreNested() {
    record Item(String name) {}

    record Containers(
        List<Item> l,
        Collection<Integer> c,
        Set<Color> s,
        Map<String, List<Double>> m,
        JsonNode a) {}
    String item = "{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"}},"
        + "\"required\":[\"name\"],\"additionalProperties\":false}";
    assertSchema(
        Containers.class,
        "\"properties\":{\"l\":{\"type\":\"array\",\"items\":"
            + item
            + "},\"c\":{\"type\":\"array\",\"items\":{\"type\":\"integer\"}},"
            + "\"s\":{\"type\":\"array\",\"items\":"
            + "{\"type\":\"string\",\"enum\":[\"RED\",\"GREEN\"]},\"uniqueItems\":true},"
            + "\"m\":{\"type\":\"object\",\"additionalProperties\":"
            + "{\"type\":\"array\",\"items\":{\"type\":\"number\"}}},\"a\":{}},"
            + "\"required\":[\"l\",\"c\",\"s\",\"m\",\"a\"],\"additionalProperties\":false");
  }

  @Test
  void sameRecordMayStandInTwoPlaces() {
    record Leaf(int i) {}

    record Pair(Leaf a, Leaf b) {}
    String leaf = "{\"type\":\"object\",\"properties\":{\"i\":{\"type\":\"integer\"}},"
        + "\"required\":[\"i\"],\"additionalProperties\":false}";
    assertSchema(
        Pair.class,
        "\"properties\":{\"a\":" + leaf + ",\"b\":" + leaf
            + "},\"required\":[\"a\",\"b\"],\"additionalProperties\":false");
  }

  @Test
  void recordWithoutComponentsTakesNothing() {
    record Nothing() {}
    assertSchema(Nothing.class, "\"properties\":{},\"additionalProperties\":false");
  }

  @Test
  void descriptionOfTheComponentGoesBeforeThatOfItsType() {
    @Description("the type")
    record Inner(int i) {}

    @Description("all of it")
    record Outer(
        Inner a,
        @Description("the component") Inner b,
        @Description("when") LocalTime t) {}
    String inner = "\"properties\":{\"i\":{\"type\":\"integer\"}},\"required\":[\"i\"],"
        + "\"additionalProperties\":false";
    String schema = schema(Outer.class);
    assertTrue(
        schema.startsWith("{\"type\":\"object\",\"description\":\"all of it\",\"properties\":{"
            + "\"a\":{\"type\":\"object\",\"description\":\"the type\"," + inner + "},"
            + "\"b\":{\"type\":\"object\",\"description\":\"the component\"," + inner + "},"
            + "\"t\":{\"type\":\"string\",\"description\":\"when\"}}"),
        schema);
  }

  /** As JSpecify's is. */
  @Target(ElementType.TYPE_USE)
  @Retention(RetentionPolicy.RUNTIME)
  @interface ForeignTypeUse {
    /** Only the simple name counts. */
    @Target(ElementType.TYPE_USE)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Nullable {}
  }

  /** As Spring's is: the compiler does not keep it on the component itself. */
  @interface ForeignDeclaration {
    /** Only the simple name counts. */
    @Target({ElementType.METHOD, ElementType.PARAMETER, ElementType.FIELD})
    @Retention(RetentionPolicy.RUNTIME)
    @interface Nullable {}
  }

  /** As Jakarta's is. */
  @interface ForeignAnywhere {
    /** Only the simple name counts. */
    @Retention(RetentionPolicy.RUNTIME)
    @interface Nullable {}
  }

  @Test
  void optionalAndNullableMembersAreNotRequired() {
    record Optionals(
        Optional<String> a,
        OptionalInt b,
        OptionalLong c,
        OptionalDouble d,
        @Nullable String e) {}
    assertSchema(
        Optionals.class,
        "\"properties\":{\"a\":{\"type\":\"string\"},\"b\":{\"type\":\"integer\"},"
            + "\"c\":{\"type\":\"integer\"},\"d\":{\"type\":\"number\"},"
            + "\"e\":{\"type\":\"string\"}},\"additionalProperties\":false");
  }

  @Test
  void foreignNullableMeansTheSameOnATypeOrAnyDeclaration() {
    record Foreign(
        @ForeignTypeUse.Nullable String a,
        @ForeignAnywhere.Nullable List<String> b,
        String c) {}
    String schema = schema(Foreign.class);
    assertTrue(schema.endsWith("\"required\":[\"c\"],\"additionalProperties\":false}"), schema);
  }

  @Test
  void nullableOfJspecifyMeansTheSame() {
    record Specified(
        @org.jspecify.annotations.Nullable String a,
        @org.jspecify.annotations.Nullable Integer b,
        List<String> c) {}
    String schema = schema(Specified.class);
    assertTrue(schema.endsWith("\"required\":[\"c\"],\"additionalProperties\":false}"), schema);
  }

  @Test
  void foreignNullableOfMethodsAndParametersMeansTheSame() {
    record Foreign(@ForeignDeclaration.Nullable String a, String b) {}
    String schema = schema(Foreign.class);
    assertTrue(schema.endsWith("\"required\":[\"b\"],\"additionalProperties\":false}"), schema);
  }

  @Test
  void nullableElementOfAListDoesNotMakeTheListOptional() {
    record Elements(List<@Nullable String> a) {}
    assertTrue(schema(Elements.class).contains("\"required\":[\"a\"]"));
  }

  record Page<T, I>(List<T> items, Optional<I> next) {}

  @Test
  void genericRecordHasItsArguments() {
    record Pages(Page<Integer, String> numbers, Page<Page<Boolean, UUID>, LocalDate> pages) {}
    String end = ",\"required\":[\"items\"],\"additionalProperties\":false}";
    String inner = "{\"type\":\"object\",\"properties\":{\"items\":{\"type\":\"array\",\"items\":"
        + "{\"type\":\"boolean\"}},\"next\":{\"type\":\"string\",\"format\":\"uuid\"}}"
        + end;
    assertSchema(
        Pages.class,
        "\"properties\":{\"numbers\":{\"type\":\"object\",\"properties\":{\"items\":"
            + "{\"type\":\"array\",\"items\":{\"type\":\"integer\"}},"
            + "\"next\":{\"type\":\"string\"}}"
            + end
            + ",\"pages\":{\"type\":\"object\",\"properties\":{\"items\":{\"type\":\"array\","
            + "\"items\":"
            + inner
            + "},\"next\":{\"type\":\"string\",\"format\":\"date\"}}"
            + end
            + "},\"required\":[\"numbers\",\"pages\"],\"additionalProperties\":false");
  }

  @Test
  @SuppressWarnings("ArrayRecordComponent")
  void arraysAreArraysAndBytesAreBase64() {
    record Arrays(int[] i, String[][] s, List<Color>[] c, byte[] b, Map<Color, ZonedDateTime> m) {}
    assertSchema(
        Arrays.class,
        "\"properties\":{\"i\":{\"type\":\"array\",\"items\":{\"type\":\"integer\"}},"
            + "\"s\":{\"type\":\"array\",\"items\":{\"type\":\"array\",\"items\":"
            + "{\"type\":\"string\"}}},"
            + "\"c\":{\"type\":\"array\",\"items\":{\"type\":\"array\",\"items\":"
            + "{\"type\":\"string\",\"enum\":[\"RED\",\"GREEN\"]}}},"
            + "\"b\":{\"type\":\"string\",\"contentEncoding\":\"base64\"},"
            + "\"m\":{\"type\":\"object\","
            + "\"propertyNames\":{\"type\":\"string\",\"enum\":[\"RED\",\"GREEN\"]},"
            + "\"additionalProperties\":{\"type\":\"string\",\"description\":"
            + "\"a date and time such as 2026-07-28T12:00:00+02:00[Europe/Berlin]\"}}},"
            + "\"required\":[\"i\",\"s\",\"c\",\"b\",\"m\"],\"additionalProperties\":false");
  }

  @Test
  void emptyElementIsNullInTheSchema() {
    record Elements(List<Optional<String>> a, Map<String, @Nullable Integer> b) {}
    assertSchema(
        Elements.class,
        "\"properties\":{\"a\":{\"type\":\"array\",\"items\":{\"anyOf\":[{\"type\":\"string\"},"
            + "{\"type\":\"null\"}]}},\"b\":{\"type\":\"object\",\"additionalProperties\":"
            + "{\"anyOf\":[{\"type\":\"integer\"},{\"type\":\"null\"}]}}},"
            + "\"required\":[\"a\",\"b\"],\"additionalProperties\":false");
  }

  @Test
  void schemaIsANewObjectEachTime() {
    record One(int i) {}
    JsonType<One> type = JsonTypes.ofRecord(One.class);
    type.schema().removeAll();
    assertTrue(type.schema().has("properties"));
  }

  private static String failure(Class<? extends Record> type) {
    return assertThrows(IllegalArgumentException.class, () -> JsonTypes.ofRecord(type))
        .getMessage();
  }

  record Endless(String name, Endless next) {}

  record Ping(Pong pong) {}

  record Pong(List<String> names, Ping ping) {}

  @Test
  void recordThatMustContainItselfIsRefused() {
    assertEquals(
        Endless.class.getName()
            + " must not contain itself endlessly; the member must be Optional, @Nullable,"
            + " a List, Set or Map, or another record of a sealed interface",
        failure(Endless.class));
    assertTrue(failure(Ping.class).startsWith(Ping.class.getName() + " must not contain itself"));
  }

  record Box<T>(T value) {}

  @SuppressWarnings("rawtypes")
  record RawList(List list) {}

  record Wild(List<?> list) {}

  record Variable<T>(List<T> list) {}

  @SuppressWarnings("ArrayRecordComponent")
  record VariableArray<T>(T[] array) {}

  record Twice(Optional<Optional<String>> twice) {}

  record Deep(Inner inner) {
    record Inner(List<Map<String, Optional<Date>>> dates) {}
  }

  record Keys(Map<Integer, String> map) {}

  record Chars(char c) {}

  record Any(Object o) {}

  record Impl(ArrayList<String> list) {}

  record NoConstants(Empty empty) {
    enum Empty {}
  }

  @SuppressWarnings("NullablePrimitive")
  record PrimitiveNull(@Nullable int i) {}

  @ParameterizedTest
  @ValueSource(
      classes = {
        Box.class, RawList.class, Wild.class, Variable.class, VariableArray.class, Deep.class,
        Keys.class, Chars.class, Any.class, Impl.class, Twice.class, NoConstants.class,
        PrimitiveNull.class
      })
  void invalidtCoveredFailsAndTheMessageNamesTheComponent(Class<? extends Record> type) {
    String place = type == Deep.class
        ? "Inner.dates"
        : type.getSimpleName() + "." + type.getRecordComponents()[0].getName();
    String message = failure(type);
    assertTrue(message.contains(place), message);
  }

  @Test
  void invalidtCoveredFailsWithAMessageThatSaysWhatToDo() {
    assertEquals(
        "Inner.dates[].* must be of a supported type (String, a number, boolean, enum, record, sealed"
            + " interface of records, List, Set, Map, array, Optional, java.time, UUID, URI or JsonNode), was java.util.Date;"
            + " for other types write the schema by hand, with Tool.ofSchema",
        failure(Deep.class));
  }
}
