package dev.statelessmcp.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
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
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * For each type: what is written of a random value is valid under the derived schema, by a
 * validator that asserts formats, and is read back; and a random JSON value that this validator
 * accepts is read.
 */
class PropertiesTest {
  private static final int RUNS = 300;

  enum Color {
    RED,
    @JsonProperty("dark green")
    GREEN
  }

  enum Size {
    @Title("Small")
    S,
    L
  }

  /** One component of each type. All are nullable, so that each is tried alone. */
  @SuppressWarnings("ArrayRecordComponent")
  record All(
      @Nullable String string,
      @Nullable Integer integer,
      @Nullable Long big,
      @Nullable Short small,
      @Nullable Byte tiny,
      @Nullable BigInteger huge,
      @Nullable BigDecimal exact,
      @Nullable Double number,
      @Nullable Float half,
      @Nullable Boolean flag,
      @Nullable Color color,
      @Nullable Size size,
      @Nullable Instant instant,
      @Nullable OffsetDateTime offset,
      @Nullable ZonedDateTime zoned,
      @Nullable LocalDate date,
      @Nullable LocalTime time,
      @Nullable LocalDateTime local,
      @Nullable YearMonth month,
      @Nullable Duration duration,
      @Nullable Period period,
      @Nullable ZoneId zone,
      @Nullable UUID uuid,
      @Nullable URI uri,
      @Nullable JsonNode any,
      byte @Nullable [] bytes,
      int @Nullable [] ints,
      @Nullable List<Optional<String>> holes,
      @Nullable List<@Nullable Integer> nulls,
      @Nullable Set<BigDecimal> set,
      @Nullable Set<Instant> instants,
      @Nullable Map<Color, Item<Size>> map,
      @Nullable Map<UUID, Optional<Double>> keyed,
      @Nullable Item<LocalDate> item,
      @Nullable Shape shape,
      @Nullable List<Optional<Shape>> shapes,
      @Nullable Outcome<LocalDate> outcome,
      @Nullable Tree tree,
      @Nullable Chain<Color> chain,
      @Nullable Expr expr,
      @Nullable Map<UUID, Expr> exprs,
      @Nullable @Range(min = -10, max = 10.5) Double ranged,
      @Nullable @Length(min = 1, max = 3) String sized,
      @Nullable @Length(max = 2) List<Integer> few,
      @Nullable @Format("email") String email,
      @Nullable @Format("uri") URI absolute) {}

  record Item<T>(T of, OptionalInt count) {}

  sealed interface Shape permits Circle, Polygon {}

  record Circle(double radius, @Nullable Color color) implements Shape {}

  record Polygon(@Length(min = 1) List<Integer> sides) implements Shape {}

  sealed interface Outcome<T> permits Good, Bad {}

  record Good<T>(T value) implements Outcome<T> {}

  record Bad<T>(String message, Optional<T> last) implements Outcome<T> {}

  record Tree(String name, List<Tree> children) {}

  record Chain<T>(T value, Optional<Chain<T>> next) {}

  sealed interface Expr permits Num, Neg, Sum {}

  record Num(int value) implements Expr {}

  record Neg(Expr of) implements Expr {}

  record Sum(List<Expr> of, Map<String, Expr> named) implements Expr {}

  private static final JsonType<All> TYPE = JsonTypes.ofRecord(All.class);
  private static final IndependentValidator SCHEMA = new IndependentValidator(TYPE.schema());

  /** Some values of each component; those that its schema cannot express must be refused. */
  private static final Map<String, Function<Random, Object>> VALUES = new LinkedHashMap<>();

  static {
    VALUES.put("string", PropertiesTest::text);
    VALUES.put("integer", Random::nextInt);
    VALUES.put("big", Random::nextLong);
    VALUES.put("small", random -> (short) random.nextInt());
    VALUES.put("tiny", random -> (byte) random.nextInt());
    VALUES.put("huge", random -> new BigInteger(random.nextInt(300), random).negate());
    VALUES.put("exact", PropertiesTest::decimal);
    VALUES.put("number", random -> Double.longBitsToDouble(random.nextLong()));
    VALUES.put("half", random -> Float.intBitsToFloat(random.nextInt()));
    VALUES.put("flag", Random::nextBoolean);
    VALUES.put("color", random -> Color.values()[random.nextInt(2)]);
    VALUES.put("size", random -> Size.values()[random.nextInt(2)]);
    VALUES.put("instant", PropertiesTest::instant);
    VALUES.put("offset", random -> instant(random).atOffset(offset(random)));
    VALUES.put("zoned", random -> instant(random).atZone(zone(random)));
    VALUES.put("date", random -> instant(random).atOffset(ZoneOffset.UTC).toLocalDate());
    VALUES.put("time", random -> instant(random).atOffset(ZoneOffset.UTC).toLocalTime());
    VALUES.put("local", random -> instant(random).atOffset(ZoneOffset.UTC).toLocalDateTime());
    VALUES.put("month", random -> YearMonth.from(instant(random).atOffset(ZoneOffset.UTC)));
    VALUES.put("duration", PropertiesTest::duration);
    VALUES.put(
        "period",
        random -> Period.of(random.nextInt(9) - 4, random.nextInt(30) - 9, random.nextInt(99)));
    VALUES.put("zone", PropertiesTest::zone);
    VALUES.put("uuid", PropertiesTest::uuid);
    VALUES.put("uri", PropertiesTest::uri);
    VALUES.put("any", random -> Json.parse("[null,{\"a\":" + random.nextInt() + "}]"));
    VALUES.put("bytes", random -> {
      byte[] bytes = new byte[random.nextInt(20)];
      random.nextBytes(bytes);
      return bytes;
    });
    VALUES.put("ints", random -> random.ints(random.nextInt(4)).toArray());
    VALUES.put("holes", random -> list(random, PropertiesTest::optionalText));
    VALUES.put("nulls", random -> list(random, r -> r.nextBoolean() ? r.nextInt() : null));
    VALUES.put("set", random -> new LinkedHashSet<>(list(random, PropertiesTest::decimal)));
    VALUES.put("instants", random -> new LinkedHashSet<>(list(random, r -> instant(r))));
    VALUES.put("map", random -> {
      Map<Color, Item<Size>> map = new EnumMap<>(Color.class);
      map.put(Color.GREEN, new Item<>(Size.L, OptionalInt.of(random.nextInt())));
      return map;
    });
    VALUES.put(
        "keyed",
        random -> Collections.singletonMap(
            uuid(random), random.nextBoolean() ? Optional.of(1.5) : Optional.empty()));
    VALUES.put(
        "item",
        random -> new Item<>(
            instant(random).atOffset(ZoneOffset.UTC).toLocalDate(), OptionalInt.empty()));
    VALUES.put("shape", PropertiesTest::shape);
    VALUES.put(
        "shapes",
        random -> list(random, r -> r.nextBoolean() ? Optional.of(shape(r)) : Optional.empty()));
    VALUES.put("outcome", random -> {
      LocalDate date = LocalDate.ofEpochDay(random.nextInt(100_000));
      return pick(
          random,
          new Good<>(date),
          new Bad<>(text(random), Optional.of(date)),
          new Bad<LocalDate>("", Optional.empty()));
    });
    VALUES.put("tree", random -> tree(random, 4));
    VALUES.put("chain", PropertiesTest::chain);
    VALUES.put("expr", random -> expr(random, 5));
    VALUES.put("exprs", random -> Collections.singletonMap(uuid(random), expr(random, 3)));
    VALUES.put("ranged", random -> random.nextDouble() * 40 - 20);
    VALUES.put("sized", PropertiesTest::text);
    VALUES.put("few", random -> list(random, Random::nextInt));
    VALUES.put(
        "email",
        random -> pick(
            random,
            "a@example.com",
            "a.b+c@x-y.example.org",
            "nobody",
            "a@b",
            "a..b@example.com",
            "\"a\"@example.com",
            "a@-b.example",
            "ä@example.com",
            "a@example.com.",
            ""));
    VALUES.put("absolute", PropertiesTest::uri);
  }

  @SafeVarargs
  private static <T> T pick(Random random, T... values) {
    return values[random.nextInt(values.length)];
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(6); n > 0; n--) {
      text.appendCodePoint(
          pick(random, (int) 'a', (int) '"', 0, 0xe4, 0x2028, 0x1F600, (int) '\\'));
    }
    return text.toString();
  }

  private static Optional<String> optionalText(Random random) {
    return random.nextBoolean() ? Optional.of(text(random)) : Optional.empty();
  }

  private static BigDecimal decimal(Random random) {
    return pick(
        random,
        new BigDecimal("1.0"),
        new BigDecimal("1.00"),
        BigDecimal.ZERO,
        new BigDecimal("0.000"),
        new BigDecimal(new BigInteger(random.nextInt(200), random), random.nextInt(600) - 300));
  }

  private static Instant instant(Random random) {
    long near = random.nextInt() * 10L;
    long seconds = pick(random, near, near, near, random.nextLong() % 400_000_000_000L);
    return Instant.ofEpochSecond(seconds, pick(random, 0, 0, random.nextInt(1_000_000_000)));
  }

  private static ZoneOffset offset(Random random) {
    int whole = (random.nextInt(37) - 18) * 3600;
    return ZoneOffset.ofTotalSeconds(
        pick(random, 0, whole, random.nextInt(64_000) / 60 * 60, random.nextInt(128_000) - 64_000));
  }

  private static ZoneId zone(Random random) {
    return pick(
        random,
        ZoneId.of("Europe/Berlin"),
        ZoneId.of("America/St_Johns"),
        ZoneId.of("UTC"),
        offset(random));
  }

  private static Duration duration(Random random) {
    long seconds = pick(random, 0L, (long) random.nextInt(), random.nextLong());
    return Duration.ofSeconds(seconds, pick(random, 0, random.nextInt(1_000_000_000)));
  }

  private static UUID uuid(Random random) {
    return new UUID(random.nextLong(), random.nextLong());
  }

  private static URI uri(Random random) {
    return URI.create(pick(
        random,
        "https://example.com/",
        "https://user@example.com:8080/a;b/%20?c=d&e=[]#f",
        "https://example.com/Zürich?ö=ü#ß",
        "docs/a",
        "/docs/ä",
        "../x?y",
        "//example.com/a",
        "#part",
        "",
        "?q",
        "mailto:a@example.com",
        "urn:isbn:0451450523",
        "http://[2001:db8::1]:80/",
        "http://a_b.example/",
        "file:///tmp/a"));
  }

  private static Shape shape(Random random) {
    Color color = random.nextBoolean() ? Color.GREEN : null;
    return random.nextBoolean()
        ? new Circle(random.nextGaussian(), color)
        : new Polygon(random.ints(1 + random.nextInt(3)).boxed().toList());
  }

  private static Tree tree(Random random, int depth) {
    return new Tree(text(random), depth == 0 ? List.of() : list(random, r -> tree(r, depth / 2)));
  }

  private static Chain<Color> chain(Random random) {
    Chain<Color> chain = new Chain<>(Color.RED, Optional.empty());
    for (int n = random.nextInt(30); n > 0; n--) {
      chain = new Chain<>(Color.values()[random.nextInt(2)], Optional.of(chain));
    }
    return chain;
  }

  private static Expr expr(Random random, int depth) {
    return switch (depth == 0 ? 0 : random.nextInt(3)) {
      case 0 -> new Num(random.nextInt());
      case 1 -> new Neg(expr(random, depth - 1));
      default ->
        new Sum(
            list(random, r -> expr(r, depth / 2)),
            Collections.singletonMap(text(random), expr(random, depth - 1)));
    };
  }

  private static <T> List<T> list(Random random, Function<Random, T> element) {
    List<T> list = new ArrayList<>();
    for (int n = random.nextInt(5); n > 0; n--) {
      list.add(element.apply(random));
    }
    return list;
  }

  static Set<String> components() {
    return VALUES.keySet();
  }

  @Test
  void everyComponentHasValues() {
    assertEquals(
        Arrays.stream(All.class.getRecordComponents()).map(c -> c.getName()).toList(),
        List.copyOf(components()));
  }

  private static All only(String component, Object value) throws ReflectiveOperationException {
    var all = All.class.getRecordComponents();
    Object[] values = new Object[all.length];
    Class<?>[] types = new Class<?>[all.length];
    for (int i = 0; i < all.length; i++) {
      types[i] = all[i].getType();
      values[i] = all[i].getName().equals(component) ? value : null;
    }
    return All.class.getDeclaredConstructor(types).newInstance(values);
  }

  /** Values that have no valid JSON: the only ones that may be refused. */
  private static boolean mayBeRefused(String component, Object value) {
    return switch (component) {
      case "number" -> !Double.isFinite((Double) value);
      case "exact" -> Double.isInfinite(((BigDecimal) value).doubleValue());
      case "half" -> !Float.isFinite((Float) value);
      case "instant", "offset", "date", "instants", "item" ->
        // Java's year, which is not printed with four digits
        !value.toString().matches("\\[?(Item\\[of=)?\\d{4}-.*")
            || value.toString().matches(".*[ =][+-]\\d.*");
      case "set" -> {
        boolean infinite = false;
        Set<Object> different = new LinkedHashSet<>();
        for (Object element : (Set<?>) value) {
          different.add(((BigDecimal) element).stripTrailingZeros());
          infinite |= Double.isInfinite(((BigDecimal) element).doubleValue());
        }
        yield infinite || different.size() < ((Set<?>) value).size();
      }
      case "ranged" -> (Double) value < -10 || (Double) value > 10.5;
      case "sized" -> {
        int length = ((String) value).codePointCount(0, ((String) value).length());
        yield length < 1 || length > 3;
      }
      case "few" -> ((List<?>) value).size() > 2;
      case "email" ->
        !((String) value).endsWith("a@example.com") && !((String) value).contains("x-y");
      case "absolute" -> !((URI) value).isAbsolute();
      default -> false;
    };
  }

  @ParameterizedTest
  @MethodSource("components")
  void whatIsWrittenIsValidAndReadBack(String component) throws Exception {
    Random random = new Random(component.hashCode());
    int written = 0;
    for (int i = 0; i < RUNS; i++) {
      Object value = VALUES.get(component).apply(random);
      Problems problems = new Problems(false);
      JsonNode node = TYPE.write(only(component, value), "answer", problems);
      if (!problems.isEmpty()) {
        assertTrue(mayBeRefused(component, value), () -> value + ": " + problems);
        assertTrue(problems.toString().startsWith("answer." + component), problems::toString);
        continue;
      }
      written++;
      String json = Json.text(node);
      assertEquals(List.of(), SCHEMA.errors(json), json);
      for (boolean lenient : new boolean[] {false, true}) {
        Problems ofReader = new Problems(lenient);
        All read = TYPE.read(Json.parse(json), "arguments", ofReader);
        assertEquals("", ofReader.toString(), json);
        assertEquals(json, Json.text(TYPE.write(read)), "it is the same when written again");
        if (lenient && hasEquals(component)) {
          assertEquals(only(component, value), read);
        }
      }
    }
    assertTrue(written > RUNS / 10, component + " was written " + written + " times");
  }

  /** Whether the value read must be equal: not for arrays, ASCII and minutes of an offset. */
  private static boolean hasEquals(String component) {
    return !Set.of(
            "bytes",
            "ints",
            "uri",
            "absolute",
            "offset",
            "zoned",
            "number",
            "half",
            "exact",
            "huge")
        .contains(component);
  }

  /** JSON texts for the types with a format or bounds, many of which are not valid. */
  private static final Map<String, Function<Random, String>> TEXTS = new LinkedHashMap<>();

  static {
    TEXTS.put("instant", PropertiesTest::dateTime);
    TEXTS.put("offset", PropertiesTest::dateTime);
    TEXTS.put("instants", random -> "[" + dateTime(random) + "," + dateTime(random) + "]");
    TEXTS.put(
        "date",
        random -> String.format(
            java.util.Locale.ROOT,
            "\"%04d-%02d-%02d\"",
            random.nextInt(10_000),
            random.nextInt(14),
            random.nextInt(33)));
    TEXTS.put("uuid", random -> {
      String uuid = uuid(random).toString();
      return "\"" + (random.nextBoolean() ? uuid : uuid.toUpperCase(java.util.Locale.ROOT)) + "\"";
    });
    TEXTS.put(
        "uri",
        random -> "\""
            + pick(
                random,
                "",
                "a",
                "a/b",
                "//h:1/p",
                "https://example.com/%41?a#b",
                "?a",
                "#",
                "./a:b",
                "a b",
                "%",
                "h://[::1]/")
            + "\"");
    TEXTS.put("tiny", random -> "" + (random.nextInt(400) - 200));
    TEXTS.put("ranged", random -> pick(random, "10.5", "10.51", "-10", "-1e1", "1e2", "0.0"));
    TEXTS.put("sized", random -> Json.text(Json.NODES.textNode(text(random))));
    TEXTS.put("set", random -> Json.text(numbers(random)));
    TEXTS.put("few", random -> Json.text(numbers(random)));
    TEXTS.put("nulls", random -> pick(random, "[null,1]", "[]", "[1.0]", "[\"a\"]", "null"));
    TEXTS.put("holes", random -> pick(random, "[null,\"a\"]", "[]", "[1]", "[[]]"));
    TEXTS.put(
        "shape",
        random -> pick(
            random,
            "{\"kind\":\"circle\",\"radius\":" + random.nextInt() + "}",
            "{\"radius\":1,\"kind\":\"circle\",\"color\":\"dark green\"}",
            "{\"kind\":\"polygon\",\"sides\":[" + random.nextInt(4) + "]}",
            "{\"kind\":\"polygon\",\"radius\":1}",
            "{\"kind\":\"polygon\",\"sides\":[]}",
            "{\"kind\":\"oval\"}",
            "{}",
            "[]"));
    TEXTS.put(
        "outcome",
        random -> pick(
            random,
            "{\"kind\":\"good\",\"value\":\"2026-01-02\"}",
            "{\"kind\":\"good\",\"value\":\"2026-13-02\"}",
            "{\"kind\":\"bad\",\"message\":\"a\"}",
            "{\"kind\":\"bad\",\"message\":\"\",\"last\":\"2026-01-02\"}",
            "{\"kind\":\"bad\"}"));
    TEXTS.put("tree", random -> treeText(random, 4));
    TEXTS.put("expr", random -> exprText(random, 4));
    TEXTS.put(
        "map",
        random -> pick(
            random,
            "{}",
            "{\"RED\":{\"of\":\"S\"}}",
            "{\"GREEN\":{\"of\":\"S\"}}",
            "{\"dark green\":{\"of\":\"S\",\"count\":1}}",
            "{\"RED\":null}"));
  }

  /** Half of the trees of a few levels have a mistake somewhere. */
  private static String treeText(Random random, int depth) {
    String name = random.nextInt(20) == 0 ? "1" : "\"a\"";
    String children = depth == 0 || random.nextBoolean() ? "" : treeText(random, depth - 1);
    return "{\"name\":" + name + ",\"children\":[" + children + "]"
        + (random.nextInt(20) == 0 ? ",\"x\":1" : "") + "}";
  }

  private static String exprText(Random random, int depth) {
    String inner = depth == 0 ? "{\"kind\":\"num\",\"value\":1.0}" : exprText(random, depth - 1);
    return pick(
        random,
        "{\"kind\":\"num\",\"value\":" + random.nextInt() + "}",
        "{\"kind\":\"neg\",\"of\":" + inner + "}",
        "{\"kind\":\"sum\",\"of\":[" + inner + "," + inner + "],\"named\":{}}",
        "{\"kind\":\"sum\",\"of\":[],\"named\":{\"\":" + inner + "}}",
        "{\"kind\":\"sum\",\"of\":" + inner + "}");
  }

  private static JsonNode numbers(Random random) {
    return Json.array().addAll(list(random, r -> (JsonNode) Json.NODES.numberNode(r.nextInt(5))));
  }

  private static String dateTime(Random random) {
    String fraction =
        random.nextBoolean() ? "" : "." + "1234567890123".substring(random.nextInt(12));
    return String.format(
        java.util.Locale.ROOT,
        "\"%04d-%02d-%02d%s%02d:%02d:%02d%s%s\"",
        random.nextInt(10_000),
        1 + random.nextInt(12),
        1 + random.nextInt(31),
        pick(random, "T", "t"),
        random.nextInt(25),
        random.nextInt(61),
        random.nextInt(62),
        fraction,
        pick(random, "Z", "z", "+00:00", "-00:00", "+05:30", "-17:59", "+23:59", "+24:00", ""));
  }

  static Set<String> texts() {
    return TEXTS.keySet();
  }

  @ParameterizedTest
  @MethodSource("texts")
  void valuesThatTheSchemaAcceptsAreRead(String component) {
    Random random = new Random(component.hashCode());
    int accepted = 0;
    for (int i = 0; i < RUNS; i++) {
      ObjectNode object = Json.object();
      object.set(component, Json.parse(TEXTS.get(component).apply(random)));
      String json = Json.text(object);
      Problems problems = new Problems(false);
      TYPE.read(object, "arguments", problems);
      if (SCHEMA.accepts(json)) {
        accepted++;
        assertEquals("", problems.toString(), json);
      }
    }
    assertTrue(accepted > RUNS / 20, component + " was accepted " + accepted + " times");
  }
}
