package dev.statelessmcp.binding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.schema.Nullable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arrays whose elements are type variables of a generic record, or generic types. */
@SuppressWarnings("ArrayRecordComponent")
class GenericArraysTest {

  record Page<T>(T[] items) {}

  record Table<T>(T[][] rows, List<T>[] columns, Map<String, T[]> named, Optional<T[]> total) {}

  record Bounded<T extends Number>(T[] numbers) {}

  record Outer<T>(Page<T> page, Page<T[]> pages, Page<List<T>> lists) {}

  record Node<T>(T value, Node<T>[] children) {}

  record Nulls<T>(@Nullable T[] items) {}

  record Item(String name) {}

  record All(
      Page<Integer> numbers,
      Page<Item> items,
      Page<byte[]> bytes,
      Page<int[]> rows,
      Page<Optional<String>> gaps,
      Table<Long> table,
      Bounded<Double> bounded,
      Outer<String> outer,
      Node<String> node,
      List<String>[][] deep) {}

  private static final JsonType<All> TYPE = JsonTypes.ofRecord(All.class);

  private static final String VALUE = """
      {
        "numbers": {"items": [1, 2]},
        "items": {"items": [{"name": "a"}]},
        "bytes": {"items": ["AQI=", ""]},
        "rows": {"items": [[1], []]},
        "gaps": {"items": ["a", null]},
        "table": {"rows": [[1], [2, 3]], "columns": [[4]], "named": {"a": [5]}, "total": [6]},
        "bounded": {"numbers": [0.5]},
        "outer": {
          "page": {"items": ["a"]}, "pages": {"items": [["b"], []]}, "lists": {"items": [["c"]]}
        },
        "node": {"value": "a", "children": [{"value": "b", "children": []}]},
        "deep": [[["a"], []], []]
      }
      """;

  private static All read(JsonNode json, boolean lenient) {
    Problems problems = new Problems(lenient);
    All all = TYPE.read(json, "arguments", problems);
    assertEquals("", problems.toString());
    return all;
  }

  private static String items(String place) {
    return Json.text(TYPE.schema().at(place));
  }

  @Test
  void schemaHasTheArgument() {
    String array = "{\"type\":\"array\",\"items\":";
    assertEquals(array + "{\"type\":\"integer\"}}", items("/properties/numbers/properties/items"));
    assertEquals(
        array + "{\"type\":\"string\",\"contentEncoding\":\"base64\"}}",
        items("/properties/bytes/properties/items"));
    assertEquals(
        array + "{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"null\"}]}}",
        items("/properties/gaps/properties/items"));
    assertEquals(
        array + array + "{\"type\":\"integer\"}}}", items("/properties/table/properties/rows"));
    assertEquals(
        array + array + "{\"type\":\"string\"}}}",
        items("/properties/outer/properties/pages/properties/items"));
    assertEquals(array + array + array + "{\"type\":\"string\"}}}}", items("/properties/deep"));
    assertEquals("\"#/$defs/Node\"", items("/$defs/Node/properties/children/items/$ref"));
  }

  @Test
  void whatIsReadHasTheClassesThatTheSourceSays() {
    All all = read(Json.parse(VALUE), false);
    // Each fails with a ClassCastException if the array is one of Object
    Integer[] numbers = all.numbers().items();
    assertArrayEquals(new Integer[] {1, 2}, numbers);
    assertEquals(Item[].class, all.items().items().getClass());
    assertEquals(byte[][].class, all.bytes().items().getClass());
    assertEquals(int[][].class, all.rows().items().getClass());
    assertEquals(Optional[].class, all.gaps().items().getClass());
    assertEquals(Long[][].class, all.table().rows().getClass());
    assertEquals(List[].class, all.table().columns().getClass());
    assertEquals(Long[].class, all.table().named().get("a").getClass());
    assertEquals(Long[].class, all.table().total().orElseThrow().getClass());
    assertEquals(Double[].class, all.bounded().numbers().getClass());
    assertEquals(String[].class, all.outer().page().items().getClass());
    assertEquals(String[][].class, all.outer().pages().items().getClass());
    assertEquals(List[].class, all.outer().lists().items().getClass());
    assertEquals(Node[].class, all.node().children().getClass());
    assertEquals("b", all.node().children()[0].value());
    assertEquals(List[][].class, all.deep().getClass());
  }

  @Test
  void whatIsWrittenIsWhatWasReadAndSatisfiesTheSchema() {
    JsonNode json = Json.parse(VALUE);
    JsonNode written = TYPE.write(read(json, false));
    assertEquals(Json.text(json), Json.text(written));
    Problems problems = new Problems(false);
    new SchemaValidator(TYPE.schema()).check(written, "answer", problems);
    assertEquals("", problems.toString());
  }

  @Test
  void lenientReaderConvertsTheElements() {
    ObjectNode json = (ObjectNode) Json.parse(VALUE);
    json.putObject("numbers").put("items", "[\"1\", 2]");
    json.withObjectProperty("table").putArray("rows").add("[\"7\"]");
    All all = read(json, true);
    assertArrayEquals(new Integer[] {1, 2}, all.numbers().items());
    assertArrayEquals(new Long[] {7L}, all.table().rows()[0]);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/numbers | {'items':[1,'a']} | arguments.numbers.items[1] must be an integer, not a string",
        "/numbers | {'items':[null]} | arguments.numbers.items[0] must not be null",
        "/items | {'items':[{}]} | arguments.items.items[0].name is required",
        "/bytes | {'items':['?']} | arguments.bytes.items[0] must be Base64",
        "/bounded | {'numbers':1} | arguments.bounded.numbers must be an array, not a number",
        "/deep | [[[1]]] | arguments.deep[0][0][0] must be a string, not a number"
      })
  void badElementIsRefusedWithItsPlace(String pointer, String member, String message) {
    ObjectNode json = (ObjectNode) Json.parse(VALUE);
    json.set(pointer.substring(1), Json.parse(member.replace('\'', '"')));
    Problems problems = new Problems(false);
    TYPE.read(json, "arguments", problems);
    assertEquals(message, problems.toString());
    Problems ofSchema = new Problems(false);
    new SchemaValidator(TYPE.schema()).check(json, "arguments", ofSchema);
    // Of Base64 the validator knows nothing: contentEncoding is an annotation
    assertEquals(!message.contains("Base64"), !ofSchema.isEmpty(), ofSchema.toString());
  }

  @Test
  void badElementOfAnAnswerIsReportedWithItsPlace() {
    JsonType<Holder> type = JsonTypes.ofRecord(Holder.class);
    Holder holder = new Holder(new Page<>(new String[] {"a", null}), new Nulls<>(new String[0]));
    assertEquals(
        "the answer violates the output schema: structuredContent.page.items[1] must not be null;"
            + " declare the elements Optional if they may be empty",
        assertThrows(IllegalStateException.class, () -> type.write(holder)).getMessage());
  }

  record Holder(Page<String> page, Nulls<String> nulls) {}

  @Test
  void nullableElementsMayBeNull() {
    JsonType<Holder> type = JsonTypes.ofRecord(Holder.class);
    Holder holder = new Holder(new Page<>(new String[0]), new Nulls<>(new String[] {"a", null}));
    JsonNode written = type.write(holder);
    assertEquals(
        "{\"page\":{\"items\":[]},\"nulls\":{\"items\":[\"a\",null]}}", Json.text(written));
    Holder read = type.read(written, "arguments", new Problems(false));
    assertArrayEquals(holder.nulls().items(), read.nulls().items());
  }

  record Upper(
      List<? extends Item> list,
      Map<String, ? extends List<? extends Item>> map,
      Page<? extends Item> page) {}

  /** As Kotlin compiles lists of a class that is not final. */
  @Test
  void wildcardWithAnUpperBoundIsThatType() {
    JsonType<Upper> type = JsonTypes.ofRecord(Upper.class);
    String json = "{\"list\":[{\"name\":\"a\"}],\"map\":{\"k\":[{\"name\":\"b\"}]},"
        + "\"page\":{\"items\":[{\"name\":\"c\"}]}}";
    Problems problems = new Problems(false);
    Upper read = type.read(Json.parse(json), "arguments", problems);
    assertEquals("", problems.toString());
    assertEquals(new Item("a"), read.list().get(0));
    assertEquals(Item[].class, read.page().items().getClass());
    assertEquals(json, Json.text(type.write(read)));
    assertEquals(
        type.schema().at("/properties/list/items"),
        type.schema().at("/properties/page/properties/items/items"));
  }

  record Wild(Page<?> page) {}

  @SuppressWarnings("rawtypes")
  record Raw(List list) {}

  record Lower(List<? super Item> list) {}

  @Test
  void unknownTypeIsRefusedWithItsPlace() {
    assertRefused(Page.class, "Page.items[]", "T without a type argument");
    assertRefused(Wild.class, "Wild.page<?>", "?");
    assertRefused(Raw.class, "Raw.list", "java.util.List without a type argument");
    assertRefused(Lower.class, "Lower.list[]", "? super " + Item.class.getName());
  }

  private static void assertRefused(Class<? extends Record> type, String place, String was) {
    String message = assertThrows(IllegalArgumentException.class, () -> JsonTypes.ofRecord(type))
        .getMessage();
    assertTrue(message.startsWith(place + " must be of a supported type ("), message);
    assertTrue(message.contains("), was " + was + "; for other types"), message);
  }
}
