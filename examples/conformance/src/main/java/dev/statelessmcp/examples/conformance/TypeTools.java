package dev.statelessmcp.examples.conformance;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.schema.Format;
import dev.statelessmcp.schema.Length;
import dev.statelessmcp.schema.Range;
import dev.statelessmcp.tool.Tool;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** Tools with every type that a record may have, in both directions. */
final class TypeTools {

  enum Color {
    RED,
    @JsonProperty("dark green")
    GREEN
  }

  record Item<T>(T of, OptionalInt count) {}

  sealed interface Shape permits Circle, Polygon {}

  record Circle(double radius) implements Shape {}

  record Polygon(@Length(min = 1) List<Integer> sides) implements Shape {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  sealed interface Outcome<T> permits Good, Bad {}

  @JsonTypeName("good")
  record Good<T>(T value) implements Outcome<T> {}

  @JsonTypeName("bad")
  record Bad<T>(String message) implements Outcome<T> {}

  record Tree(String name, List<Tree> children) {}

  record Chain<T>(T value, Optional<Chain<T>> next) {}

  sealed interface Expr permits Num, Neg, Sum {}

  record Num(int value) implements Expr {}

  record Neg(Expr of) implements Expr {}

  record Sum(List<Expr> of, Map<String, Expr> named) implements Expr {}

  @SuppressWarnings("ArrayRecordComponent")
  record Types(
      String text,
      int integer,
      long big,
      short small,
      byte tiny,
      BigInteger huge,
      BigDecimal exact,
      double number,
      float half,
      boolean flag,
      Color color,
      Instant instant,
      OffsetDateTime offset,
      ZonedDateTime zoned,
      LocalDate date,
      LocalTime time,
      LocalDateTime local,
      YearMonth month,
      Duration duration,
      Period period,
      ZoneId zone,
      UUID uuid,
      URI uri,
      JsonNode any,
      byte[] bytes,
      int[] ints,
      List<Optional<String>> holes,
      Set<BigDecimal> set,
      Map<Color, Item<LocalDate>> map,
      Map<String, Optional<Double>> values,
      Item<Instant> item,
      Shape shape,
      List<Optional<Shape>> shapes,
      Outcome<LocalDate> outcome,
      Tree tree,
      Optional<Chain<UUID>> chain,
      Expr expr,
      Optional<String> maybe,
      OptionalLong maybeBig,
      OptionalDouble maybeNumber,
      @Range(min = -1, max = 1) double ranged,
      @Length(min = 1, max = 3) String sized,
      @Format("email") String email,
      @Format("uri") URI absolute,
      @JsonProperty("renamed_member") String renamed) {}

  record Seed(int seed) {}

  private TypeTools() {}

  static List<Tool> all() {
    return List.of(
        Tool.of(
            "test_random_types",
            "Returns a random value of each type",
            Seed.class,
            Types.class,
            (in, call) -> random(new Random(in.seed()))),
        Tool.of(
            "test_echo_types",
            "Returns the values that it is given",
            Types.class,
            Types.class,
            (in, call) -> in),
        Tool.of(
                "test_echo_flat_types",
                "Returns the values that it is given; its schemas have no references",
                Types.class,
                Types.class,
                (in, call) -> in)
            .flatSchema());
  }

  private static Types random(Random random) {
    // Years 0000 to 9999
    Instant instant = Instant.ofEpochSecond(
        -62_000_000_000L + (long) (random.nextDouble() * 315_000_000_000L),
        random.nextBoolean() ? 0 : random.nextInt(1_000_000_000));
    ZoneOffset offset = ZoneOffset.ofTotalSeconds(random.nextInt(128_000) - 64_000);
    LocalDateTime local = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    ZoneId zone = ZoneId.of(random.nextBoolean() ? "Europe/Berlin" : "America/St_Johns");
    byte[] bytes = new byte[random.nextInt(40)];
    random.nextBytes(bytes);
    return new Types(
        text(random, random.nextInt(8)),
        random.nextInt(),
        random.nextLong(),
        (short) random.nextInt(),
        (byte) random.nextInt(),
        new BigInteger(random.nextInt(900), random).negate(),
        decimal(random),
        random.nextGaussian() * Math.pow(10, random.nextInt(600) - 300),
        random.nextFloat(),
        random.nextBoolean(),
        Color.values()[random.nextInt(2)],
        instant,
        instant.atOffset(offset),
        instant.atZone(zone),
        local.toLocalDate(),
        local.toLocalTime(),
        local,
        YearMonth.from(local),
        Duration.ofSeconds(random.nextLong(), random.nextInt(1_000_000_000)),
        Period.of(random.nextInt(9) - 4, random.nextInt(20), -random.nextInt(50)),
        zone,
        new UUID(random.nextLong(), random.nextLong()),
        uri(
            random,
            "docs/ä",
            "../a?b=[]#c",
            "",
            "//example.com",
            "#d",
            "https://example.com/Zürich"),
        Json.parse("[null,{\"a\":" + random.nextInt() + "}]"),
        bytes,
        random.ints(random.nextInt(4)).toArray(),
        List.of(Optional.of("a"), Optional.empty(), Optional.of(text(random, 2))),
        decimals(random),
        Map.of(Color.GREEN, new Item<>(local.toLocalDate(), OptionalInt.of(random.nextInt()))),
        Map.of("a", Optional.empty(), "b", Optional.of(random.nextDouble())),
        new Item<>(instant, OptionalInt.empty()),
        shape(random),
        List.of(Optional.of(shape(random)), Optional.empty()),
        random.nextBoolean() ? new Good<>(local.toLocalDate()) : new Bad<>("no"),
        tree(random, 3),
        Optional.of(chain(random)),
        expr(random, 3),
        random.nextBoolean() ? Optional.empty() : Optional.of("null"),
        random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(random.nextLong()),
        random.nextBoolean() ? OptionalDouble.empty() : OptionalDouble.of(random.nextDouble()),
        random.nextDouble() * 2 - 1,
        text(random, 1 + random.nextInt(3)),
        "a.b+" + random.nextInt(100) + "@example.com",
        uri(
            random,
            "https://example.com:8080/a;b?c=[d]#e",
            "mailto:a@b",
            "urn:a:b",
            "http://[::1]/ß"),
        text(random, 3));
  }

  private static Shape shape(Random random) {
    return random.nextBoolean()
        ? new Circle(random.nextDouble())
        : new Polygon(random.ints(1 + random.nextInt(3)).boxed().toList());
  }

  private static Tree tree(Random random, int depth) {
    List<Tree> children = new ArrayList<>();
    for (int i = depth == 0 ? 0 : random.nextInt(3); i > 0; i--) {
      children.add(tree(random, depth - 1));
    }
    return new Tree(text(random, 2), children);
  }

  private static Chain<UUID> chain(Random random) {
    Chain<UUID> chain = new Chain<>(new UUID(1, 2), Optional.empty());
    for (int i = random.nextInt(20); i > 0; i--) {
      chain = new Chain<>(new UUID(random.nextLong(), i), Optional.of(chain));
    }
    return chain;
  }

  private static Expr expr(Random random, int depth) {
    return switch (depth == 0 ? 0 : random.nextInt(3)) {
      case 0 -> new Num(random.nextInt());
      case 1 -> new Neg(expr(random, depth - 1));
      default ->
        new Sum(List.of(expr(random, depth - 1), new Num(1)), Map.of("a", expr(random, depth - 1)));
    };
  }

  private static String text(Random random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(new int[] {'a', '"', '\\', 0xe4, 0x2028, 0x1F600}[random.nextInt(6)]);
    }
    return text.toString();
  }

  private static BigDecimal decimal(Random random) {
    return new BigDecimal(new BigInteger(200, random), random.nextInt(600) - 200);
  }

  /** Different also for clients that read numbers as doubles. */
  private static Set<BigDecimal> decimals(Random random) {
    List<BigDecimal> decimals = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      decimals.add(BigDecimal.valueOf(random.nextInt(1000), 2).add(BigDecimal.valueOf(i * 100L)));
    }
    return new LinkedHashSet<>(decimals);
  }

  private static URI uri(Random random, String... texts) {
    return URI.create(texts[random.nextInt(texts.length)]);
  }
}
