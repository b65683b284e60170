package dev.statelessmcp.binding;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the {@link JsonType} of a Java type. A type that is not supported fails when the tool is
 * built and not when it is called.
 */
public final class JsonTypes {
  /** The records whose components are being read, to find a record that contains itself. */
  private final Deque<Class<?>> open = new ArrayDeque<>();

  /** The arguments of the generic records that are being read; null until there is one. */
  private @Nullable Map<TypeVariable<?>, JsonType<?>> bound;

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
   * @param annotated the same with its annotations, of which {@code @Nullable} on an element
   *     counts; null if there are none
   * @param place the component, such as {@code Order.item}, for the message
   * @throws IllegalArgumentException if the type is not supported
   */
  JsonType<?> of(Type type, @Nullable AnnotatedType annotated, String place) {
    if (type instanceof Class<?> plain) {
      return plain.isArray()
          ? array(plain.getComponentType(), plain.getComponentType(), annotated, place)
          : ofClass(plain, place);
    }
    if (type instanceof ParameterizedType generic) {
      return ofGeneric(generic, annotated, place);
    }
    if (type instanceof GenericArrayType array) {
      return array(array.getGenericComponentType(), null, annotated, place);
    }
    JsonType<?> argument = bound == null ? null : bound.get(type);
    if (argument == null) {
      throw unsupported(type, place);
    }
    return argument;
  }

  private JsonType<?> array(
      Type component, @Nullable Class<?> plain, @Nullable AnnotatedType annotated, String place) {
    if (plain == byte.class) {
      return new BinaryType();
    }
    if (plain == null && !(component instanceof ParameterizedType)) {
      throw unsupported(component, place + "[]"); // the class of an array of T is not known
    }
    Class<?> erased =
        plain != null ? plain : (Class<?>) ((ParameterizedType) component).getRawType();
    AnnotatedType inner = annotated instanceof AnnotatedArrayType array
        ? array.getAnnotatedGenericComponentType()
        : null;
    return new JavaArrayType<>(element(component, inner, place + "[]"), erased);
  }

  /** An element, which is optional too if it is {@code @Nullable}. */
  private JsonType<?> element(Type type, @Nullable AnnotatedType annotated, String place) {
    JsonType<?> element = of(type, annotated, place);
    return annotated != null && ComponentAnnotations.hasNullable(annotated.getAnnotations())
        ? new NullableType<>(element)
        : element;
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
      return enumType(type);
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

  @SuppressWarnings({"unchecked", "rawtypes"}) // the class of an enum is a Class<Enum>
  private static EnumType<?> enumType(Class<?> type) {
    return new EnumType(type.asSubclass(Enum.class));
  }

  private JsonType<?> ofGeneric(
      ParameterizedType type, @Nullable AnnotatedType annotated, String place) {
    Class<?> raw = (Class<?>) type.getRawType();
    Type[] arguments = type.getActualTypeArguments();
    AnnotatedType[] inner = annotated instanceof AnnotatedParameterizedType parameterized
        ? parameterized.getAnnotatedActualTypeArguments()
        : new AnnotatedType[arguments.length];
    if (raw == Optional.class) {
      JsonType<?> value = of(arguments[0], inner[0], place);
      if (value.isOptional()) {
        throw new IllegalArgumentException(place + " must not be an Optional of an Optional");
      }
      return OptionalType.of(value);
    }
    if (raw == List.class || raw == Collection.class) {
      return ArrayType.list(element(arguments[0], inner[0], place + "[]"));
    }
    if (raw == Set.class) {
      return ArrayType.set(element(arguments[0], inner[0], place + "[]"));
    }
    if (raw == Map.class) {
      return map(type, key(arguments[0]), element(arguments[1], inner[1], place + ".*"), place);
    }
    if (raw.isRecord()) {
      return generic(raw, arguments, inner, place);
    }
    throw unsupported(type, place);
  }

  private static JsonType<?> map(
      Type type, @Nullable JsonType<?> key, JsonType<?> value, String place) {
    if (key == null) {
      throw unsupported(type, place);
    }
    return new MapType<>(key, key instanceof ScalarType.StringType, value);
  }

  /** Returns the type of a map's keys; null if they are not strings in JSON. */
  private static @Nullable JsonType<?> key(Type type) {
    if (type == String.class) {
      return new ScalarType.StringType();
    }
    if (type instanceof Class<?> plain) {
      return plain.isEnum() ? enumType(plain) : TextTypes.of(plain);
    }
    return null;
  }

  /** A generic record with its arguments. */
  private JsonType<?> generic(
      Class<?> raw, Type[] arguments, AnnotatedType[] annotated, String place) {
    Map<TypeVariable<?>, JsonType<?>> outer = bound;
    Map<TypeVariable<?>, JsonType<?>> inner = new HashMap<>();
    for (int i = 0; i < arguments.length; i++) {
      inner.put(
          raw.getTypeParameters()[i],
          of(arguments[i], annotated[i], place + "<" + arguments[i].getTypeName() + ">"));
    }
    bound = inner;
    RecordType<?> record = record(raw);
    bound = outer;
    return record;
  }

  private static IllegalArgumentException unsupported(Type type, String place) {
    return new IllegalArgumentException(place
        + " must be of a supported type (String, a number, boolean, enum, record, List, Set,"
        + " Map, array, Optional, java.time, UUID, URI or JsonNode), was "
        + type.getTypeName()
        + "; for other types write the schema by hand, with Tool.ofSchema");
  }
}
