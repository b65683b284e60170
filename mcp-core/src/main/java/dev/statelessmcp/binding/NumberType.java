package dev.statelessmcp.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Numbers. Each is read as a {@link BigDecimal} first, so that none is truncated or rounded
 * silently.
 *
 * @param <T> the Java type
 */
abstract class NumberType<T> implements JsonType<T> {

  static {
    // cold start: initializing BigDecimal takes 10 ms on JDK 25. It happens here, at start-up, and
    // not in the first call.
    Objects.requireNonNull(BigDecimal.ZERO);
  }

  static final JsonType<Integer> INT =
      new NumberType<>("integer", Integer.MIN_VALUE, Integer.MAX_VALUE) {
        @Override
        Integer convert(BigDecimal number) {
          return number.intValueExact();
        }

        @Override
        public @Nullable JsonNode write(Integer value, String place, Problems problems) {
          return Json.NODES.numberNode(value.intValue());
        }
      };

  static final JsonType<Long> LONG = new NumberType<>("integer", Long.MIN_VALUE, Long.MAX_VALUE) {
    @Override
    Long convert(BigDecimal number) {
      return number.longValueExact();
    }

    @Override
    public @Nullable JsonNode write(Long value, String place, Problems problems) {
      return Json.NODES.numberNode(value.longValue());
    }
  };

  static final JsonType<Short> SHORT =
      new NumberType<>("integer", Short.MIN_VALUE, Short.MAX_VALUE) {
        @Override
        Short convert(BigDecimal number) {
          return number.shortValueExact();
        }

        @Override
        public @Nullable JsonNode write(Short value, String place, Problems problems) {
          return Json.NODES.numberNode(value.shortValue());
        }
      };

  static final JsonType<Byte> BYTE = new NumberType<>("integer", Byte.MIN_VALUE, Byte.MAX_VALUE) {
    @Override
    Byte convert(BigDecimal number) {
      return number.byteValueExact();
    }

    @Override
    public @Nullable JsonNode write(Byte value, String place, Problems problems) {
      return Json.NODES.numberNode(value.byteValue());
    }
  };

  static final JsonType<BigInteger> BIG_INTEGER = new NumberType<>("integer") {
    @Override
    BigInteger convert(BigDecimal number) {
      return number.toBigIntegerExact();
    }

    @Override
    public @Nullable JsonNode write(BigInteger value, String place, Problems problems) {
      return isFinite(value.doubleValue(), place, problems) ? Json.NODES.numberNode(value) : null;
    }
  };

  static final JsonType<BigDecimal> BIG_DECIMAL = new NumberType<>("number") {
    @Override
    BigDecimal convert(BigDecimal number) {
      return number;
    }

    @Override
    public @Nullable JsonNode write(BigDecimal value, String place, Problems problems) {
      return isFinite(value.doubleValue(), place, problems) ? Json.NODES.numberNode(value) : null;
    }
  };

  static final JsonType<Double> DOUBLE = new NumberType<>("number") {
    @Override
    Double convert(BigDecimal number) {
      return finite(number.doubleValue());
    }

    @Override
    public @Nullable JsonNode write(Double value, String place, Problems problems) {
      return isFinite(value, place, problems) ? Json.NODES.numberNode(value.doubleValue()) : null;
    }
  };

  static final JsonType<Float> FLOAT = new NumberType<>("number") {
    @Override
    Float convert(BigDecimal number) {
      return (float) finite(number.floatValue());
    }

    @Override
    public @Nullable JsonNode write(Float value, String place, Problems problems) {
      return isFinite(value, place, problems) ? Json.NODES.numberNode(value.floatValue()) : null;
    }
  };

  /** The maximum length of a number in a string; a longer string is not converted. */
  private static final int MAX_TEXT = 100;

  /** The maximum exponent of a number in a string; bounds the memory of its integer form. */
  private static final int MAX_EXPONENT = 400;

  private final String type;
  private final long min;
  private final long max;
  private final boolean bounded;

  private NumberType(String type) {
    this(type, 0, 0, false);
  }

  private NumberType(String type, long min, long max) {
    this(type, min, max, true);
  }

  private NumberType(String type, long min, long max, boolean bounded) {
    this.type = type;
    this.min = min;
    this.max = max;
    this.bounded = bounded;
  }

  /**
   * Converts without loss.
   *
   * @throws ArithmeticException if the type cannot represent the number
   */
  abstract T convert(BigDecimal number);

  @Override
  public ObjectNode schema() {
    ObjectNode schema = Json.object().put("type", type);
    // The range of an int or long does not help a model, and JavaScript cannot read that of a long
    // exactly
    if (bounded && min != Long.MIN_VALUE && min != Integer.MIN_VALUE) {
      schema.put("minimum", min).put("maximum", max);
    }
    return schema;
  }

  @Override
  public @Nullable T read(JsonNode node, String place, Problems problems) {
    BigDecimal number = node.isNumber() ? node.decimalValue() : null;
    String expected = type.equals("integer") ? "an integer" : "a number";
    if (number == null) {
      return ScalarType.mismatch(node, expected, place, problems);
    }
    try {
      return convert(number);
    } catch (ArithmeticException e) {
      boolean whole = number.stripTrailingZeros().scale() <= 0;
      if (type.equals("integer") && !whole) {
        problems.add(place, "must be an integer, not a number with a fraction");
      } else {
        String range =
            bounded ? "from " + min + " to " + max : "within the range of a floating-point number";
        problems.add(place, "must be " + range + ScalarType.shown(number));
      }
      return null;
    }
  }

  @Override
  public JsonNode meant(JsonNode node) {
    if (node.isTextual() && node.textValue().length() <= MAX_TEXT) {
      try {
        BigDecimal number = new BigDecimal(node.textValue().strip());
        return Math.abs(number.scale()) <= MAX_EXPONENT ? Json.NODES.numberNode(number) : node;
      } catch (NumberFormatException e) {
        return node; // the reader reports it
      }
    }
    return node;
  }

  private static double finite(double number) {
    if (Double.isInfinite(number) || Double.isNaN(number)) {
      throw new ArithmeticException("JSON cannot represent the number " + number);
    }
    return number;
  }

  /** Checks that a number is finite as a double, which most clients use. */
  private static boolean isFinite(double number, String place, Problems problems) {
    if (Double.isInfinite(number) || Double.isNaN(number)) {
      problems.add(place, "must be within the range of a floating-point number, was " + number);
      return false;
    }
    return true;
  }
}
