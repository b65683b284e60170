package dev.statelessmcp.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The optional types, such as {@code Optional} and {@code OptionalInt}: the JSON of their value; an
 * empty one is left out.
 *
 * @param <O> the optional type
 * @param <T> the type of its value
 */
final class OptionalType<O, T> implements JsonType<O> {
  private final JsonType<T> value;
  private final O empty;
  private final Function<T, O> wrap;
  private final Function<O, @Nullable T> unwrap;

  private OptionalType(
      JsonType<T> value, O empty, Function<T, O> wrap, Function<O, @Nullable T> unwrap) {
    this.value = value;
    this.empty = empty;
    this.wrap = wrap;
    this.unwrap = unwrap;
  }

  static <T> JsonType<Optional<T>> of(JsonType<T> value) {
    return new OptionalType<>(
        value, Optional.empty(), Optional::ofNullable, optional -> optional.orElse(null));
  }

  static JsonType<OptionalInt> ofInt() {
    return new OptionalType<>(
        NumberType.INT,
        OptionalInt.empty(),
        OptionalInt::of,
        optional -> optional.isPresent() ? optional.getAsInt() : null);
  }

  static JsonType<OptionalLong> ofLong() {
    return new OptionalType<>(
        NumberType.LONG,
        OptionalLong.empty(),
        OptionalLong::of,
        optional -> optional.isPresent() ? optional.getAsLong() : null);
  }

  static JsonType<OptionalDouble> ofDouble() {
    return new OptionalType<>(
        NumberType.DOUBLE,
        OptionalDouble.empty(),
        OptionalDouble::of,
        optional -> optional.isPresent() ? optional.getAsDouble() : null);
  }

  /** Returns the empty value of a class; null for a class of another kind. */
  static @Nullable Object empty(Class<?> type) {
    if (type == Optional.class) {
      return Optional.empty();
    }
    if (type == OptionalInt.class) {
      return OptionalInt.empty();
    }
    if (type == OptionalLong.class) {
      return OptionalLong.empty();
    }
    return type == OptionalDouble.class ? OptionalDouble.empty() : null;
  }

  @Override
  public ObjectNode schema() {
    return value.schema();
  }

  @Override
  public O read(JsonNode node, String place, Problems problems) {
    if (node.isNull()) {
      return empty;
    }
    T read = value.read(node, place, problems);
    return read == null ? empty : wrap.apply(read);
  }

  @Override
  public @Nullable JsonNode write(O optional, String place, Problems problems) {
    T present = unwrap.apply(optional);
    return present == null ? null : value.write(present, place, problems);
  }

  @Override
  public JsonNode meant(JsonNode node) {
    return value.meant(node);
  }

  @Override
  public boolean isOptional() {
    return true;
  }

  @Override
  public O missing() {
    return empty;
  }
}
