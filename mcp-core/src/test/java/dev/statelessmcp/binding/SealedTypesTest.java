package dev.statelessmcp.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.schema.Description;
import dev.statelessmcp.schema.Length;
import dev.statelessmcp.schema.Nullable;
import dev.statelessmcp.schema.Range;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sealed interfaces of records: one object of several, which a member tells. */
class SealedTypesTest {

  @Description("a figure")
  sealed interface Shape permits Circle, Square, Polygon {}

  record Circle(@Range(min = 0) double radius) implements Shape {}

  @Description("all sides are equal")
  record Square(@Description("of each side") int side, Optional<String> label) implements Shape {}

  sealed interface Polygon extends Shape permits Triangle {}

  record Triangle(@Length(min = 3, max = 3) List<Integer> sides) implements Polygon {}

  record Drawing(Shape shape) {}

  private static String schema(Class<?> type) {
    return Json.text(JsonTypes.ofObject(type).schema());
  }

  private static String failure(Class<?> type) {
    return assertThrows(IllegalArgumentException.class, () -> JsonTypes.ofObject(type))
        .getMessage();
  }

  /** Reads strictly and, if that succeeds, writes again. */
  private static String again(Class<?> type, String json, boolean lenient) {
    return again(JsonTypes.ofObject(type), json, lenient);
  }

  private static <T> String again(JsonType<T> type, String json, boolean lenient) {
    Problems problems = new Problems(lenient);
    T value = type.read(Json.parse(json), "arguments", problems);
    return problems.isEmpty() ? Json.text(type.write(value)) : problems.toString();
  }

  @Test
  void schemaHasAChoiceForEachRecord() {
    assertEquals(
        "{\"type\":\"object\",\"description\":\"a figure\",\"oneOf\":["
            + "{\"type\":\"object\",\"properties\":{\"kind\":{\"type\":\"string\",\"const\":\"circle\"},"
            + "\"radius\":{\"type\":\"number\",\"minimum\":0}},\"required\":[\"kind\",\"radius\"],"
            + "\"additionalProperties\":false},"
            + "{\"type\":\"object\",\"description\":\"all sides are equal\",\"properties\":{\"kind\":"
            + "{\"type\":\"string\",\"const\":\"square\"},\"side\":{\"type\":\"integer\",\"description\":"
            + "\"of each side\"},\"label\":{\"type\":\"string\"}},\"required\":[\"kind\",\"side\"],"
            + "\"additionalProperties\":false},"
            + "{\"type\":\"object\",\"properties\":{\"kind\":{\"type\":\"string\",\"const\":\"triangle\"},"
            + "\"sides\":{\"type\":\"array\",\"items\":{\"type\":\"integer\"},\"minItems\":3,\"maxItems\":3}},"
            + "\"required\":[\"kind\",\"sides\"],\"additionalProperties\":false}]}",
        schema(Shape.class));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
          {"shape":{"kind":"circle","radius":1.5}} | {"shape":{"kind":"circle","radius":1.5}}
          {"shape":{"side":2,"kind":"square"}} | {"shape":{"kind":"square","side":2}}
          {"shape":{"kind":"triangle","sides":[3,4,5]}} | {"shape":{"kind":"triangle","sides":[3,4,5]}}
          {"shape":{"kind":"oval"}} | arguments.shape.kind must be one of circle, square, triangle
          {"shape":{"kind":"Circle","radius":1}} | arguments.shape.kind must be one of circle, square, triangle
          {"shape":{"kind":5}} | arguments.shape.kind must be one of circle, square, triangle, not a number
          {"shape":{"kind":null}} | arguments.shape.kind must be one of circle, square, triangle, not null
          {"shape":{"radius":1}} | arguments.shape.kind is required, and must be one of circle, square, triangle
          {"shape":{"kind":"circle","radius":-1}} | arguments.shape.radius must be 0 or more, was -1
          {"shape":{"kind":"circle","side":1}} | arguments.shape.radius is required; arguments.shape.side is not known; known are kind, radius
          {"shape":{"kind":"triangle","sides":[1]}} | arguments.shape.sides must have 3 to 3 elements, had 1
          {"shape":[]} | arguments.shape must be an object, not an array
          {"shape":"circle"} | arguments.shape must be an object, not a string
          {} | arguments.shape is required
          {"shape":null} | arguments.shape must not be null
          """)
  void readsAndWritesAndNamesThePlaceOfAnError(String json, String expected) {
    assertEquals(expected, again(Drawing.class, json, false));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
          {"shape":{"kind":"circle","radius":"1.5"}} | {"shape":{"kind":"circle","radius":1.5}}
          {"shape":"{\\"kind\\":\\"square\\",\\"side\\":\\"2\\"}"} | {"shape":{"kind":"square","side":2}}
          {"shape":"{\\"kind\\":\\"triangle\\",\\"sides\\":\\"[1,2,3]\\"}"} | {"shape":{"kind":"triangle","sides":[1,2,3]}}
          {"shape":{"kind":"square","side":2,"label":"null"}} | {"shape":{"kind":"square","side":2,"label":"null"}}
          """)
  void lenientReaderTakesWhatIsMeant(String json, String expected) {
    assertEquals(expected, again(Drawing.class, json, true));
    assertEquals(
        json.equals(expected), again(Drawing.class, json, false).equals(expected), "strictly");
  }

  @Test
  void unknownMembersCanBeIgnoredOnEveryLevel() {
    Problems problems = new Problems(false, true);
    Drawing drawing = JsonTypes.ofRecord(Drawing.class)
        .read(
            Json.parse("{\"shape\":{\"kind\":\"circle\",\"radius\":1,\"x\":2},\"y\":3}"),
            "arguments",
            problems);
    assertEquals(new Drawing(new Circle(1)), drawing, problems::toString);
  }

  record Everywhere(
      List<Shape> list,
      Set<Polygon> set,
      Map<String, Shape> map,
      Optional<Shape> optional,
      @Nullable Shape nullable,
      List<@Nullable Shape> holes,
      List<Optional<Shape>> optionals,
      Map<String, List<Shape>> deep,
      Circle plain) {}

  @Test
  void standsWhereverATypeCanStand() {
    String circle = "{\"kind\":\"circle\",\"radius\":1.0}";
    String triangle = "{\"kind\":\"triangle\",\"sides\":[3,4,5]}";
    String json = "{\"list\":[" + circle + "," + triangle + "],\"set\":[" + triangle
        + "],\"map\":{\"a\":" + circle + "},\"optional\":" + circle + ",\"nullable\":" + triangle
        + ",\"holes\":[null," + circle + "],\"optionals\":[" + circle + ",null],\"deep\":{\"b\":["
        + triangle + "]},\"plain\":{\"radius\":2.0}}";
    assertEquals(json, again(Everywhere.class, json, false));
    assertEquals(json, again(Everywhere.class, json, true));
    IndependentValidator validator =
        new IndependentValidator(JsonTypes.ofRecord(Everywhere.class).schema());
    assertEquals(List.of(), validator.errors(json));
    assertTrue(again(Everywhere.class, json.replace("\"sides\"", "\"x\""), false)
        .startsWith("arguments.list[1].sides is required"));
  }

  @SuppressWarnings("ArrayRecordComponent")
  record Arrays(Shape[] shapes, List<Shape>[] lists) {}

  @Test
  void standsInArrays() {
    String json = "{\"shapes\":[{\"kind\":\"circle\",\"radius\":1.0}],"
        + "\"lists\":[[],[{\"kind\":\"square\",\"side\":1}]]}";
    assertEquals(json, again(Arrays.class, json, false));
  }

  sealed interface Result<T> permits Ok, Err, Never {}

  record Ok<V>(V value, List<V> more) implements Result<V> {}

  record Err<T>(String message) implements Result<T> {}

  record Never(int i) implements Result<Boolean> {}

  record Answers(Result<Integer> number, Result<List<String>> texts, Result<Boolean> flag) {}

  @Test
  void genericInterfaceHandsItsArgumentsToTheRecords() {
    String json = "{\"number\":{\"kind\":\"ok\",\"value\":1,\"more\":[2]},"
        + "\"texts\":{\"kind\":\"ok\",\"value\":[\"a\"],\"more\":[]},"
        + "\"flag\":{\"kind\":\"never\",\"i\":1}}";
    assertEquals(json, again(Answers.class, json, false));
    assertEquals(
        "arguments.number.kind must be one of ok, err",
        again(Answers.class, json.replace("\"ok\",\"value\":1", "\"never\",\"value\":1"), false),
        "Never is none of Result<Integer>");
    assertEquals(
        "arguments.number.value must be an integer, not a string",
        again(Answers.class, json.replace("\"value\":1", "\"value\":\"a\""), false));
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({@JsonSubTypes.Type(value = Dog.class, name = "dog"), @JsonSubTypes.Type(Cat.class)
  })
  sealed interface Pet {}

  record Dog(String name, @JsonProperty("good_boy") boolean good) implements Pet {}

  @JsonTypeName("pussycat")
  record Cat(int lives) implements Pet {}

  record Owner(Pet pet, Dog dog, List<Pet> others) {}

  /** What Jackson writes is read, and what we write Jackson reads. */
  @Test
  void jacksonsAnnotationsMeanTheSameAsToJackson() throws Exception {
    Owner owner = new Owner(new Cat(9), new Dog("Rex", true), List.of(new Dog("Max", false)));
    ObjectMapper mapper = new ObjectMapper();
    String byJackson = mapper.writeValueAsString(owner);
    JsonType<Owner> type = JsonTypes.ofRecord(Owner.class);
    assertEquals(Json.parse(byJackson), type.write(owner));
    assertEquals(
        owner, type.read(Json.parse(byJackson), "arguments", new Problems(false)), byJackson);
    assertEquals(owner, mapper.readValue(Json.text(type.write(owner)), Owner.class));
    assertEquals(
        "arguments.dog.type must be dog; arguments.pet.type must be one of dog, pussycat",
        sorted(again(
            Owner.class,
            byJackson
                .replace("\"type\":\"pussycat\"", "\"type\":\"cat\"")
                .replace("\"dog\":{\"type\":\"dog\"", "\"dog\":{\"type\":\"wolf\""),
            false)));
    assertEquals(
        "arguments.type is required; must be dog",
        again(Dog.class, "{\"name\":\"a\",\"good_boy\":true}", false));
  }

  private static String sorted(String problems) {
    return String.join(
        "; ", java.util.Arrays.stream(problems.split("; ")).sorted().toList());
  }

  sealed interface NotOnlyRecords permits Record1, Enum1 {}

  record Record1(int i) implements NotOnlyRecords {}

  enum Enum1 implements NotOnlyRecords {
    A
  }

  sealed interface Open permits Record2, Opened {}

  record Record2(int i) implements Open {}

  non-sealed interface Opened extends Open {}

  sealed interface OfClass permits Class1 {}

  static final class Class1 implements OfClass {}

  sealed interface Clash permits WithKind {}

  record WithKind(String kind) implements Clash {}

  sealed interface AliasClash permits WithAlias {}

  record WithAlias(@JsonProperty("kind") String other) implements AliasClash {}

  sealed interface SameNames permits Inner1.Same, Inner2.Same {}

  static final class Inner1 {
    record Same(int i) implements SameNames {}
  }

  static final class Inner2 {
    record Same(int i) implements SameNames {}
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
  sealed interface ByClass permits OfByClass {}

  record OfByClass(int i) implements ByClass {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
  sealed interface Wrapped permits OfWrapped {}

  @JsonTypeName("a")
  record OfWrapped(int i) implements Wrapped {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, visible = true)
  sealed interface Visible permits OfVisible {}

  @JsonTypeName("a")
  record OfVisible(int i) implements Visible {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, defaultImpl = OfDefault.class)
  sealed interface WithDefault permits OfDefault {}

  @JsonTypeName("a")
  record OfDefault(int i) implements WithDefault {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
  sealed interface Nameless permits OfNameless {}

  record OfNameless(int i) implements Nameless {}

  @JsonSubTypes(
      @JsonSubTypes.Type(
          value = OfNames.class,
          names = {"a", "b"}))
  sealed interface Names permits OfNames {}

  record OfNames(int i) implements Names {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "a")
  sealed interface One permits OfTwo {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "b")
  sealed interface Two permits OfTwo {}

  @JsonTypeName("x")
  record OfTwo(int i) implements One, Two {}

  sealed interface Lists<T> permits OfLists {}

  record OfLists<T>(T t) implements Lists<List<T>> {}

  record UsesLists(Lists<List<String>> lists) {}

  sealed interface Phantom<T> permits OfPhantom {}

  record OfPhantom<T, U>(T t, U u) implements Phantom<T> {}

  record UsesPhantom(Phantom<String> phantom) {}

  record UnsealedUse(Runnable runnable) {}

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      NotOnlyRecords | NotOnlyRecords permits Enum1, which must be a record or a sealed interface of records, was an enum
      Open | Open permits Opened, which must be a record or a sealed interface of records, was an interface
      OfClass | OfClass permits Class1, which must be a record or a sealed interface of records, was a class
      Clash | WithKind.kind must have another name than "kind", which names the record of a sealed interface
      AliasClash | WithAlias.other must have another name than "kind", which names the record of a sealed interface
      SameNames | SameNames must not have the name "same" twice
      ByClass | ByClass must have @JsonTypeInfo(use = NAME, property = …) without other settings, which are not supported
      Wrapped | Wrapped must have @JsonTypeInfo(use = NAME, property = …) without other settings, which are not supported
      Visible | Visible must have @JsonTypeInfo(use = NAME, property = …) without other settings, which are not supported
      WithDefault | WithDefault must have @JsonTypeInfo(use = NAME, property = …) without other settings, which are not supported
      Nameless | OfNameless must have a name in @JsonSubTypes, or @JsonTypeName, because its interface has @JsonTypeInfo
      Names | Names: @JsonSubTypes of OfNames must have name and not names
      OfTwo | OfTwo must have one @JsonTypeInfo, had the properties "a" and "b"
      UsesLists | OfLists must implement Lists with type parameters or without any
      UsesPhantom | OfPhantom<U> must pass its type parameter to Phantom
      UnsealedUse | UnsealedUse.runnable must be of a supported type
      """)
  void unsupportedDeclarationsAreRefusedWithTheirPlace(String type, String message)
      throws Exception {
    String found = failure(Class.forName(SealedTypesTest.class.getName() + "$" + type));
    assertTrue(found.startsWith(message), found);
  }

  @ParameterizedTest
  @ValueSource(classes = {Shape.class, Pet.class, Everywhere.class, Answers.class, Owner.class})
  void schemaIsReadByTheValidatorOfTheCore(Class<?> type) {
    JsonNode value = Json.parse("{}");
    Problems problems = new Problems(false);
    new SchemaValidator(JsonTypes.ofObject(type).schema()).check(value, "value", problems);
    assertEquals(false, problems.isEmpty());
  }
}
