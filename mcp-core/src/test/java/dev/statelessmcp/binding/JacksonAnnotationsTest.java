package dev.statelessmcp.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.annotation.JsonView;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.schema.Default;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jackson's annotations have their effect, or the record is refused. */
class JacksonAnnotationsTest {

  enum Status {
    @JsonProperty("in-progress")
    @JsonAlias("running")
    IN_PROGRESS,
    DONE
  }

  enum Level {
    LOW("low"),
    HIGH("high");

    private final String code;

    Level(String code) {
      this.code = code;
    }

    @JsonValue
    String code() {
      return code;
    }

    @JsonCreator
    static Level of(String code) {
      return code.equals("low") ? LOW : HIGH;
    }
  }

  enum Unit {
    METRE("m");

    @JsonValue
    final String symbol;

    Unit(String symbol) {
      this.symbol = symbol;
    }
  }

  record User(
      @JsonProperty("user_name") @JsonAlias({"name", "login"})
      String userName,

      @JsonIgnore Object secret, // a type that has no JSON
      @JsonIgnore int count,
      @JsonIgnore Optional<String> note,
      Status status,
      Level level,
      Unit unit,
      @JsonPropertyDescription("Since when") Optional<LocalDate> since) {

    @JsonIgnore
    boolean isNew() {
      return since.isEmpty();
    }
  }

  private static <T> String read(Class<T> type, String json, boolean lenient) {
    Problems problems = new Problems(lenient);
    T value = JsonTypes.ofRecord(type).read(Json.parse(json), "arguments", problems);
    return problems.isEmpty() ? value.toString() : problems.toString();
  }

  private static String refusal(Class<?> type) {
    return assertThrows(IllegalArgumentException.class, () -> JsonTypes.ofRecord(type))
        .getMessage();
  }

  @Test
  void namesAreThoseOfTheAnnotations() {
    assertEquals(
        "{\"type\":\"object\",\"properties\":{\"user_name\":{\"type\":\"string\"},"
            + "\"status\":{\"type\":\"string\",\"enum\":[\"in-progress\",\"DONE\"]},"
            + "\"level\":{\"type\":\"string\",\"enum\":[\"low\",\"high\"]},"
            + "\"unit\":{\"type\":\"string\",\"enum\":[\"m\"]},"
            + "\"since\":{\"type\":\"string\",\"format\":\"date\",\"description\":\"Since when\"}},"
            + "\"required\":[\"user_name\",\"status\",\"level\",\"unit\"],"
            + "\"additionalProperties\":false}",
        Json.text(JsonTypes.ofRecord(User.class).schema()));
    assertEquals(
        "{\"user_name\":\"ann\",\"status\":\"in-progress\",\"level\":\"high\",\"unit\":\"m\"}",
        Json.text(JsonTypes.ofRecord(User.class)
            .write(new User(
                "ann",
                "5f4dcc3b",
                7,
                Optional.of("x"),
                Status.IN_PROGRESS,
                Level.HIGH,
                Unit.METRE,
                Optional.empty()))));
  }

  @Test
  void ignoredMembersAreNeitherReadNorKnown() {
    String rest = "\"status\":\"DONE\",\"level\":\"low\",\"unit\":\"m\"}";
    assertEquals(
        "User[userName=ann, secret=null, count=0, note=Optional.empty, status=DONE, level=LOW,"
            + " unit=METRE, since=Optional.empty]",
        read(User.class, "{\"user_name\":\"ann\"," + rest, false));
    assertEquals(
        "arguments.secret is not known; known are user_name, status, level, unit, since",
        read(User.class, "{\"user_name\":\"ann\",\"secret\":\"x\"," + rest, true));
  }

  @Test
  void aliasesAreReadAndNotWritten() {
    String rest = "\"status\":\"running\",\"level\":\"low\",\"unit\":\"m\"}";
    String read = read(User.class, "{\"login\":\"ann\"," + rest, false);
    assertTrue(read.startsWith("User[userName=ann"), read);
    assertTrue(read.contains("status=IN_PROGRESS"), read);
    assertEquals(
        "arguments.login must not be given together with another name of it",
        read(User.class, "{\"name\":\"a\",\"login\":\"ann\"," + rest, false));
    assertEquals(
        "arguments.user_name is required; arguments.userName is not known;"
            + " known are user_name, status, level, unit, since",
        read(User.class, "{\"userName\":\"ann\"," + rest, false));
  }

  interface Named {
    @JsonProperty("full_name")
    String name();
  }

  record OfInterface(String name) implements Named {}

  record OnAccessor(String name) {
    @Override
    @JsonProperty("full_name")
    public String name() {
      return name;
    }
  }

  @Retention(RetentionPolicy.RUNTIME)
  @JacksonAnnotationsInside
  @JsonIgnore
  @interface Hidden {}

  record Bundled(@Hidden String secret, String name) {}

  @Test
  void annotationsAreFoundWhereverJacksonFindsThem() {
    assertEquals(
        "{\"full_name\":\"a\"}",
        Json.text(JsonTypes.ofRecord(OfInterface.class).write(new OfInterface("a"))));
    assertEquals(
        "{\"full_name\":\"a\"}",
        Json.text(JsonTypes.ofRecord(OnAccessor.class).write(new OnAccessor("a"))));
    assertEquals(
        "{\"name\":\"b\"}",
        Json.text(JsonTypes.ofRecord(Bundled.class).write(new Bundled("a", "b"))));
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Included(@JsonProperty(required = true) String name, Optional<String> title) {
    @JsonCreator
    Included {}
  }

  @Test
  void whatChangesNothingIsTaken() {
    assertEquals(
        "{\"name\":\"a\"}",
        Json.text(JsonTypes.ofRecord(Included.class).write(new Included("a", Optional.empty()))));
  }

  record Formatted(@JsonFormat(pattern = "dd.MM.yyyy") LocalDate day) {}

  record Unwrapped(@JsonUnwrapped Included inner) {}

  record Raw(@JsonRawValue String json) {}

  record Viewed(@JsonView(Object.class) String secret) {}

  record Serialized(
      @JsonSerialize(using = ToStringSerializer.class) int number) {}

  record ReadOnly(
      @JsonProperty(access = JsonProperty.Access.READ_ONLY) String id) {}

  record DefaultValue(@JsonProperty(defaultValue = "x") String id) {}

  record Empty(@JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> list) {}

  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Snake(String userName) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Unknown(String name) {}

  @JsonPropertyOrder(alphabetic = true)
  record Ordered(String b, String a) {}

  record More(String name) {
    @JsonProperty("upper")
    String upper() {
      return name.toUpperCase(java.util.Locale.ROOT);
    }
  }

  record Getter(String name) {
    @JsonGetter("upper")
    String upper() {
      return name;
    }
  }

  record Any(String name) {
    @JsonAnyGetter
    Map<String, String> any() {
      return Map.of();
    }
  }

  record Wrapper(@JsonValue String name) {}

  record Created(String name) {
    @JsonCreator
    static Created of(String text) {
      return new Created(text);
    }
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
  interface Shape {}

  record Circle(int radius) implements Shape {}

  record TwoNames(@JsonProperty("a") String x, String a) {}

  record AliasTwice(@JsonAlias("b") String a, String b) {}

  record Contradiction(@JsonProperty(required = true) Optional<String> a) {}

  enum WithDefault {
    @JsonEnumDefaultValue
    A,
    B
  }

  @JsonFormat(shape = JsonFormat.Shape.NUMBER)
  enum Numbered {
    A
  }

  enum NumberValue {
    A;

    @JsonValue
    int number() {
      return 1;
    }
  }

  enum OtherCreator {
    A,
    B;

    @JsonCreator
    static OtherCreator of(String name) {
      return A;
    }
  }

  enum IgnoredConstant {
    @JsonIgnore
    A,
    B
  }

  enum SameName {
    A,
    @JsonProperty("A")
    B
  }

  record Enums1(WithDefault e) {}

  record Enums2(Numbered e) {}

  record Enums3(NumberValue e) {}

  record Enums4(OtherCreator e) {}

  record Enums5(IgnoredConstant e) {}

  record Enums6(SameName e) {}

  @ParameterizedTest
  @ValueSource(
      classes = {
        Formatted.class,
        Unwrapped.class,
        Raw.class,
        Viewed.class,
        Serialized.class,
        ReadOnly.class,
        DefaultValue.class,
        Empty.class,
        Snake.class,
        Unknown.class,
        Ordered.class,
        More.class,
        Getter.class,
        Any.class,
        Wrapper.class,
        Created.class,
        Circle.class,
        TwoNames.class,
        AliasTwice.class,
        Contradiction.class,
        Enums1.class,
        Enums2.class,
        Enums3.class,
        Enums4.class,
        Enums5.class,
        Enums6.class
      })
  void everyOtherOneIsRefusedWithItsPlace(Class<?> type) {
    String message = refusal(type);
    Class<?> inner = type.getRecordComponents()[0].getType();
    assertTrue(
        message.contains(inner.isEnum() ? inner.getSimpleName() : type.getSimpleName()), message);
  }

  @Test
  void refusalNamesAnnotationAndPlace() {
    assertEquals(
        "Formatted.day must not have @JsonFormat, which would change the JSON and is not supported;"
            + " of Jackson's annotations @JsonProperty, @JsonIgnore and @JsonAlias are,"
            + " @JsonValue on enums, and @JsonTypeInfo on sealed interfaces",
        refusal(Formatted.class));
    assertTrue(refusal(Snake.class).startsWith("Snake must not have @JsonNaming"));
    assertTrue(refusal(Getter.class).startsWith("Getter.upper() must not have @JsonGetter"));
  }

  record Renamed(@JsonProperty("n") @Default("5") int number) {}

  @Test
  void otherAnnotationsStandBeside() {
    assertEquals("Renamed[number=5]", read(Renamed.class, "{}", false));
    assertEquals("Renamed[number=6]", read(Renamed.class, "{\"n\":6}", false));
    assertNull(JsonTypes.ofRecord(Renamed.class).schema().get("required"));
  }
}
