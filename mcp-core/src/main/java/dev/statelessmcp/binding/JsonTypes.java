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
 * Finds the {@link JsonType} of a Java type. A type that is not supported fails when the tool is
 * built and not when it is called.
 */
public final class JsonTypes {
  /** The records whose components are being read, to find a record that contains itself. */
  private final Deque<Class<?>> open = new ArrayDeque<>();

  private JsonTypes() {}

  /**
   * Returns the JSON form of a record.
   *
   * @param type a record class; not null
   * @param <T> the record
   * @return its JSON form; never null
   * @throws IllegalArgumentException if the type is not a record, or the type of a component is not
   *     supported; the message names the component
   */
  public static <T> JsonType<T> ofRecord(Class<T> type) {
    if (!type.isRecord()) {
      throw new IllegalArgumentException(type.getName() + " must be a record");
    }
    return new JsonTypes().record(type);
  }

  private <T> RecordType<T> record(Class<T> type) {
    if (open.contains(type)) {
      throw new IllegalArgumentException(type.getName()
          + " must not contain itself; write the schema by hand, with Tool.ofSchema");
    }
    open.push(type);
    RecordType<T> record = new RecordType<>(type, this);
    open.pop();
    return record;
  }

  /**
   * Returns the JSON form of the type of a component.
   *
   * @param type the type of the component
   * @param place the component, such as {@code Order.item}, for the message
   * @throws IllegalArgumentException if the type is not supported
   */
  JsonType<?> of(Type type, String place) {
    if (type instanceof Class<?> plain) {
      return ofClass(plain, place);
    }
    if (type instanceof ParameterizedType generic) {
      return ofGeneric(generic, place);
    }
    throw unsupported(type, place);
  }

  private JsonType<?> ofClass(Class<?> type, String place) {
    if (type == String.class) {
      return new ScalarType.StringType();
    }
    if (type == int.class || type == Integer.class) {
      return NumberType.INT;
    }
    if (type == long.class || type == Long.class) {
      return NumberType.LONG;
    }
    if (type == boolean.class || type == Boolean.class) {
      return new ScalarType.BooleanType();
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
      return new ScalarType.AnyType();
    }
    if (type.isRecord()) {
      return record(type);
    }
    if (type.isEnum()) {
      if (type.getEnumConstants().length == 0) {
        throw new IllegalArgumentException(place + " must be an enum with at least one constant");
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
      throw unsupported(type, place);
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
    throw unsupported(type, place);
  }

  private static IllegalArgumentException unsupported(Type type, String place) {
    return new IllegalArgumentException(place
        + " must be of a supported type (String, a number, boolean, enum, record, List, Set,"
        + " Map<String, …>, Optional, java.time, UUID, URI or JsonNode), was "
        + type.getTypeName()
        + "; for other types write the schema by hand, with Tool.ofSchema");
  }
}
