package dev.statelessmcp.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.schema.Default;
import dev.statelessmcp.schema.Description;
import dev.statelessmcp.schema.Nullable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Records and sealed interfaces that contain themselves, and schemas of them without references.
 */
class RecursiveTypesTest {

  record Tree(String name, List<Tree> children) {}

  record Ping(Optional<Pong> pong) {}

  record Pong(Map<String, Ping> pings) {}

  record Linked(
      int value, @Description("the rest") @Nullable Linked next) {}

  record Node<T>(T value, List<Node<T>> children) {}

  record Page<T>(List<T> items, Optional<Page<T>> next) {}

  record Generic(Node<Integer> numbers, Node<String> texts, Page<Generic> page) {}

  sealed interface Expr permits Num, Neg, Add {}

  record Num(double value) implements Expr {}

  record Neg(Expr of) implements Expr {}

  record Add(Expr left, Expr right, Optional<Add> was) implements Expr {}

  record Calculation(String name, Expr expr, Map<String, Expr> others) {}

  record All(
      Tree tree, Optional<Ping> ping, Linked linked, Generic generic, Calculation calculation) {}

  private static String schema(Class<?> type) {
    return Json.text(JsonTypes.ofObject(type).schema());
  }

  private static <T> String again(Class<T> type, String json) {
    JsonType<T> found = JsonTypes.ofObject(type);
    Problems problems = new Problems(false);
    T value = found.read(Json.parse(json), "arguments", problems);
    return problems.isEmpty() ? Json.text(found.write(value)) : problems.toString();
  }

  @Test
  void refersToItsDefinition() {
    String tree = "\"properties\":{\"name\":{\"type\":\"string\"},\"children\":{\"type\":\"array\","
        + "\"items\":{\"$ref\":\"#/$defs/Tree\"}}},\"required\":[\"name\",\"children\"],"
        + "\"additionalProperties\":false";
    assertEquals(
        "{\"type\":\"object\"," + tree + ",\"$defs\":{\"Tree\":{\"type\":\"object\"," + tree
            + "}}}",
        schema(Tree.class));
  }

  @Test
  void descriptionOfAComponentStandsBesideTheReference() {
    assertTrue(schema(Linked.class)
        .contains("\"next\":{\"$ref\":\"#/$defs/Linked\",\"description\":\"the rest\"}"));
  }

  @Test
  void definesOnlyWhatContainsItself() {
    ObjectNode definitions =
        (ObjectNode) JsonTypes.ofRecord(Ping.class).schema().get("$defs");
    assertEquals(1, definitions.size(), "Pong is written out in Ping");
    assertEquals(
        "{\"$ref\":\"#/$defs/Ping\"}",
        Json.text(definitions.at("/Ping/properties/pong/properties/pings/additionalProperties")));
  }

  @Test
  void genericRecordsWithDifferentArgumentsHaveTheirOwnDefinitions() {
    ObjectNode definitions =
        (ObjectNode) JsonTypes.ofRecord(Generic.class).schema().get("$defs");
    assertEquals(
        "integer",
        definitions.at("/Node/properties/value/type").textValue(),
        definitions::toString);
    assertEquals("string", definitions.at("/Node2/properties/value/type").textValue());
    assertEquals(
        "#/$defs/Generic", definitions.at("/Page/properties/items/items/$ref").textValue());
    assertEquals(4, definitions.size());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
      Tree | {"name":"a","children":[{"name":"b","children":[]},{"name":"c","children":[{"name":"d","children":[]}]}]}
      Ping | {"pong":{"pings":{"a":{},"b":{"pong":{"pings":{}}}}}}
      Linked | {"value":1,"next":{"value":2,"next":{"value":3}}}
      Generic | {"numbers":{"value":1,"children":[{"value":2,"children":[]}]},"texts":{"value":"a","children":[]},"page":{"items":[],"next":{"items":[]}}}
      Calculation | {"name":"a","expr":{"kind":"add","left":{"kind":"num","value":1.0},"right":{"kind":"neg","of":{"kind":"num","value":2.0}}},"others":{"x":{"kind":"num","value":0.5}}}
      Expr | {"kind":"add","left":{"kind":"num","value":1.0},"right":{"kind":"num","value":2.0},"was":{"left":{"kind":"num","value":1.0},"right":{"kind":"num","value":2.0}}}
      """)
  void readsAndWritesOnEveryLevel(String name, String json) throws Exception {
    Class<?> type = Class.forName(RecursiveTypesTest.class.getName() + "$" + name);
    assertEquals(json, again(type, json));
    JsonNode schema = JsonTypes.ofObject(type).schema();
    assertEquals(List.of(), new IndependentValidator(schema).errors(json));
    ObjectNode flat = FlatSchema.of((ObjectNode) schema);
    assertEquals(List.of(), new IndependentValidator(flat).errors(json), "flat");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
      Tree | {"name":"a","children":[{"name":"b","children":[{"children":[]}]}]} | arguments.children[0].children[0].name is required
      Linked | {"value":1,"next":{"value":2,"nxt":{}}} | arguments.next.nxt is not known; known are value, next
      Generic | {"numbers":{"value":1,"children":[{"value":"a","children":[]}]},"texts":{"value":"a","children":[]},"page":{"items":[]}} | arguments.numbers.children[0].value must be an integer, not a string
      Calculation | {"name":"a","expr":{"kind":"neg","of":{"kind":"mul"}},"others":{}} | arguments.expr.of.kind must be one of num, neg, add
      """)
  void namesThePlaceOnEveryLevel(String name, String json, String problem) throws Exception {
    Class<?> type = Class.forName(RecursiveTypesTest.class.getName() + "$" + name);
    assertEquals(problem, again(type, json));
    assertFalse(new IndependentValidator(JsonTypes.ofObject(type).schema()).accepts(json));
    Problems problems = new Problems(false);
    new SchemaValidator(JsonTypes.ofObject(type).schema())
        .check(Json.parse(json), "arguments", problems);
    assertFalse(problems.isEmpty(), "the validator of the core");
  }

  @Test
  void lenientReaderAndIgnoredMembersWorkOnEveryLevel() {
    Problems problems = new Problems(true, true);
    Tree tree = JsonTypes.ofRecord(Tree.class)
        .read(
            Json.parse("{\"name\":1,\"x\":0,\"children\":\"[{\\\"name\\\":2,\\\"children\\\":[],"
                + "\\\"y\\\":0}]\"}"),
            "arguments",
            problems);
    assertEquals(new Tree("1", List.of(new Tree("2", List.of()))), tree, problems::toString);
  }

  @Test
  void definitionsOfAWholeSchemaAreComplete() {
    ObjectNode schema = JsonTypes.ofRecord(All.class).schema();
    String text = Json.text(schema);
    List<String> missing = new ArrayList<>();
    java.util.regex.Matcher reference =
        java.util.regex.Pattern.compile("\"\\$ref\":\"#/\\$defs/(\\w+)\"").matcher(text);
    while (reference.find()) {
      if (!schema.get("$defs").has(reference.group(1))) {
        missing.add(reference.group(1));
      }
    }
    assertEquals(List.of(), missing);
    assertEquals("object", schema.get("type").textValue());
  }

  @Test
  void flatSchemaHasNoReferences() {
    ObjectNode schema = JsonTypes.ofRecord(All.class).schema();
    String before = Json.text(schema);
    String flat = Json.text(FlatSchema.of(schema));
    assertFalse(flat.contains("$ref") || flat.contains("$defs"), flat);
    assertEquals(before, Json.text(schema), "the schema itself is not changed");
  }

  @Test
  void flatSchemaWritesATypeOutTwiceAndThenAsAnObject() {
    JsonNode flat = FlatSchema.of(JsonTypes.ofRecord(Linked.class).schema());
    JsonNode third = flat.at("/properties/next/properties/next/properties/next");
    assertEquals(
        "{\"type\":\"object\",\"description\":\"the rest\"}", Json.text(third), flat::toString);
    JsonNode tree = FlatSchema.of(JsonTypes.ofRecord(Tree.class).schema());
    assertEquals(
        "Another Tree, with the same members as those around it",
        tree.at("/properties/children/items/properties/children/items/properties/children/items")
            .get("description")
            .textValue());
  }

  @Test
  void flatSchemaOfATypeWithoutReferencesIsTheSame() {
    ObjectNode schema = JsonTypes.ofRecord(Num.class).schema();
    assertEquals(schema, FlatSchema.of(schema.deepCopy()));
  }

  private static Linked linked(int length) {
    Linked list = null;
    for (int i = 0; i < length; i++) {
      list = new Linked(i, list);
    }
    return list;
  }

  @Test
  void depthIsBoundedInBothDirections() {
    JsonType<Linked> type = JsonTypes.ofRecord(Linked.class);
    JsonNode deep = type.write(linked(ReferenceType.MAX_DEPTH));
    Problems problems = new Problems(false);
    assertEquals(linked(ReferenceType.MAX_DEPTH), type.read(deep, "arguments", problems));
    String bound =
        "next.next must not be nested more than " + ReferenceType.MAX_DEPTH + " levels deep";
    IllegalStateException tooDeep = assertThrows(
        IllegalStateException.class, () -> type.write(linked(ReferenceType.MAX_DEPTH + 1)));
    assertTrue(tooDeep.getMessage().endsWith(bound), tooDeep.getMessage());
    assertThrows(IllegalStateException.class, () -> type.write(linked(100_000)));
    type.read(Json.object().put("value", 0).set("next", deep), "arguments", problems);
    assertTrue(problems.toString().endsWith(bound), problems::toString);
  }

  @Test
  void valueThatContainsItselfIsRefused() {
    List<Tree> children = new ArrayList<>();
    Tree tree = new Tree("a", children);
    children.add(tree);
    JsonType<Tree> type = JsonTypes.ofRecord(Tree.class);
    assertThrows(IllegalStateException.class, () -> type.write(tree));
  }

  record Growing<T>(T value, Optional<Growing<List<T>>> next) {}

  record UsesGrowing(Growing<String> growing) {}

  record Concrete<T>(T value, Optional<Concrete<String>> next) {}

  record UsesConcrete(Concrete<Integer> concrete) {}

  record WithDefault(@Default("{}") WithDefault2 other) {}

  record WithDefault2(Optional<WithDefault> back) {}

  record OwnDefault(@Default("{}") OwnDefault other) {}

  sealed interface Bottomless permits Deeper {}

  record Deeper(Bottomless of) implements Bottomless {}

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      UsesGrowing | RecursiveTypesTest$Growing must not contain itself with ever larger type arguments
      Bottomless | RecursiveTypesTest$Bottomless must not contain itself endlessly
      OwnDefault | the @Default of OwnDefault.other is not supported in a recursive type
      """)
  void endlessTypesAreRefused(String name, String message) throws Exception {
    Class<?> type = Class.forName(RecursiveTypesTest.class.getName() + "$" + name);
    String found = assertThrows(IllegalArgumentException.class, () -> JsonTypes.ofObject(type))
        .getMessage();
    assertTrue(found.contains(message), found);
  }

  @Test
  void argumentsMayChangeOnTheWay() {
    String json =
        "{\"concrete\":{\"value\":1,\"next\":{\"value\":\"a\",\"next\":{\"value\":\"b\"}}}}";
    assertEquals(json, again(UsesConcrete.class, json));
  }

  @Test
  void defaultOfATypeThatIsCompleteIsTaken() {
    assertEquals("{\"other\":{}}", again(WithDefault.class, "{}"));
  }
}
