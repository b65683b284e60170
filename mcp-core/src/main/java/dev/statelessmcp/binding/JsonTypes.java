package dev.statelessmcp.binding;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Finds the {@link JsonType} of a Java type. What is not covered fails here, when a tool is built,
 * and never in a call.
 */
public final class JsonTypes {
  private final Deque<Class<?>> open = new ArrayDeque<>();

  private JsonTypes() {}

  /**
   * The JSON form of a record.
   *
   * @param type a record class; not null
   * @param <T> the record
   * @return how it is read and written
   * @throws IllegalArgumentException if the type is no record, or a component of it has a type that
   *     is not covered; the message names the component
   */
  public static <T> JsonType<T> ofRecord(Class<T> type) {
    if (!type.isRecord()) {
      throw new IllegalArgumentException(type.getName() + " is no record");
    }
    return new JsonTypes().record(type);
  }

  private <T> RecordType<T> record(Class<T> type) {
    if (open.contains(type)) {
      throw new IllegalArgumentException(
          type.getName() + " contains itself; write the schema of such a tool by hand");
    }
    open.push(type);
    RecordType<T> record = new RecordType<>(type, this);
    open.pop();
    return record;
  }

  /**
   * The JSON form of any type that is covered.
   *
   * @param type the type of a component
   * @param place the component, for the error message
   */
  JsonType<?> of(Type type, String place) {
    if (type instanceof Class<?> plain) {
      return ofClass(plain, place);
    }
    if (type instanceof ParameterizedType generic) {
      return ofGeneric(generic, place);
    }
    throw uncovered(type, place);
  }

  private JsonType<?> ofClass(Class<?> type, String place) {
    if (type == String.class) {
      return new ScalarType.Text();
    }
    if (type == int.class || type == Integer.class) {
      return NumberType.INT;
    }
    if (type == long.class || type == Long.class) {
      return NumberType.LONG;
    }
    if (type == boolean.class || type == Boolean.class) {
      return new ScalarType.Truth();
    }
    if (type == double.class || type == Double.class) {
      return NumberType.DOUBLE;
    }
    if (type == float.class || type == Float.class) {
      return NumberType.FLOAT;
    }
    if (type == short.class || type == Short.class) {
      return NumberType.SHORT;
    }
    if (type == byte.class || type == Byte.class) {
      return NumberType.BYTE;
    }
    if (type == BigInteger.class) {
      return NumberType.BIG_INTEGER;
    }
    if (type == BigDecimal.class) {
      return NumberType.BIG_DECIMAL;
    }
    if (type == JsonNode.class) {
      return new ScalarType.Any();
    }
    if (type.isRecord()) {
      return record(type);
    }
    if (type.isEnum()) {
      if (type.getEnumConstants().length == 0) {
        throw new IllegalArgumentException(place + " is an enum without constants");
      }
      return new EnumType<>(type.asSubclass(Enum.class));
    }
    if (type == OptionalInt.class) {
      return OptionalType.ofInt();
    }
    if (type == OptionalLong.class) {
      return OptionalType.ofLong();
    }
    if (type == OptionalDouble.class) {
      return OptionalType.ofDouble();
    }
    JsonType<?> text = TextTypes.of(type);
    if (text == null) {
      throw uncovered(type, place);
    }
    return text;
  }

  private JsonType<?> ofGeneric(ParameterizedType type, String place) {
    Type raw = type.getRawType();
    Type[] arguments = type.getActualTypeArguments();
    if (raw == Optional.class) {
      return OptionalType.of(of(arguments[0], place));
    }
    if (raw == List.class || raw == Collection.class) {
      return ArrayType.list(of(arguments[0], place + "[]"));
    }
    if (raw == Set.class) {
      return ArrayType.set(of(arguments[0], place + "[]"));
    }
    if (raw == Map.class && arguments[0] == String.class) {
      return new MapType<>(of(arguments[1], place + ".*"));
    }
    throw uncovered(type, place);
  }

  private static IllegalArgumentException uncovered(Type type, String place) {
    return new IllegalArgumentException(place
        + " has the type "
        + type.getTypeName()
        + ", which has no JSON form here; use String, a number, boolean, enum, record, List,"
        + " Set, Map<String, …>, Optional, java.time, UUID, URI or JsonNode, or write the schema"
        + " by hand");
  }
}
