package dev.statelessmcp.binding;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
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
 * Finds the {@link JsonType} of a Java type. An unsupported type is refused when the tool is built.
 */
public final class JsonTypes {
  /** Limits recursive generic records with growing type arguments. */
  private static final int MAX_OPEN = 50;

  /** Records and sealed interfaces by their keys; null while one is being read. */
  private final Map<Object, @Nullable JsonType<?>> known = new HashMap<>();

  /** The number of types that are being read. */
  private int open;

  /** The recursive types; null until there is one. */
  private @Nullable References references;

  /** The arguments of the generic type that is being read; null until there is one. */
  private @Nullable Map<TypeVariable<?>, TypeArgument> bound;

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
    JsonTypes types = new JsonTypes();
    return types.root(types.declared(type, type, null));
  }

  /**
   * Returns the JSON form of a record, or of a sealed interface of records.
   *
   * @param type the class; not null
   * @param <T> the type
   * @return its JSON form; never null
   * @throws IllegalArgumentException if it is another type, or a component is not supported
   */
  public static <T> JsonType<T> ofObject(Class<T> type) {
    if (!type.isRecord() && !(type.isInterface() && type.isSealed())) {
      throw new IllegalArgumentException(
          type.getName() + " must be a record or a sealed interface of records");
    }
    JsonTypes types = new JsonTypes();
    return types.root(types.declared(type, type, null));
  }

  /**
   * Returns the JSON form of any supported type.
   *
   * @param type the type; not null
   * @param annotated the same with its annotations, of which {@code @Nullable} on an element
   *     counts; null if there are none
   * @param place the place of the type, for messages; not null
   * @return its JSON form; never null
   * @throws IllegalArgumentException if the type is not supported
   */
  public static JsonType<?> ofType(Type type, @Nullable AnnotatedType annotated, String place) {
    JsonTypes types = new JsonTypes();
    return types.root(types.of(type, annotated, place));
  }

  /**
   * Returns the JSON form of the parameters of a method: an object with a member for each, for
   * reading only.
   *
   * @param method the method; not null
   * @param parameters the parameters that are members; not null
   * @return the JSON form of their values, in the same order; never null
   * @throws IllegalArgumentException if the type or an annotation of a parameter is not supported;
   *     the message names the parameter
   */
  public static JsonType<@Nullable Object[]> ofParameters(
      Method method, List<MethodParameter> parameters) {
    JsonTypes types = new JsonTypes();
    return types.root(ParametersType.of(method, parameters, types));
  }

  /** The type of a whole schema, with the definitions of recursive types. */
  @SuppressWarnings("unchecked") // the type of T
  <T> JsonType<T> root(JsonType<?> type) {
    return (JsonType<T>) (references == null ? type : references.root(type));
  }

  /**
   * The form of a record or sealed interface, which is read once.
   *
   * @param key identifies the type with its arguments and tag
   * @param tag the tag of the record; null for none
   */
  JsonType<?> declared(Object key, Class<?> type, @Nullable Tag tag) {
    JsonType<?> found = known.get(key);
    if (found != null) {
      return found;
    }
    if (known.containsKey(key)) {
      if (references == null) {
        references = new References();
      }
      return references.to(key, type);
    }
    if (open == MAX_OPEN) {
      throw new IllegalArgumentException(
          type.getName() + " must not contain itself with ever larger type arguments");
    }
    open++;
    known.put(key, null);
    JsonType<?> read =
        type.isRecord() ? new RecordType<>(type, this, tag) : new SealedType<>(type, this, bound);
    if (references != null) {
      read = references.resolve(key, read);
    }
    known.put(key, read);
    open--;
    return read;
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
    if (type instanceof WildcardType wildcard && TypeArgument.hasUpperBound(wildcard)) {
      return of(wildcard.getUpperBounds()[0], TypeArgument.annotatedUpperBound(annotated), place);
    }
    TypeArgument argument = bound == null ? null : bound.get(type);
    if (argument == null) {
      throw unsupported(type, place);
    }
    return argument.type();
  }

  private JsonType<?> array(
      Type component, @Nullable Class<?> plain, @Nullable AnnotatedType annotated, String place) {
    if (plain == byte.class) {
      return new BinaryType();
    }
    Class<?> erased = plain != null ? plain : TypeArgument.erased(component, bound);
    if (erased == null) {
      throw unsupported(component, place + "[]");
    }
    AnnotatedType inner = annotated instanceof AnnotatedArrayType array
        ? array.getAnnotatedGenericComponentType()
        : null;
    return new JavaArrayType<>(element(component, inner, place + "[]"), erased);
  }

  /** The form of an element, which is also optional if it is {@code @Nullable}. */
  JsonType<?> element(Type type, @Nullable AnnotatedType annotated, String place) {
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
      return declared(type, type, null);
    }
    if (type.isInterface() && type.isSealed()) {
      return declared(type, type, null);
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
    if (raw.isRecord() || (raw.isInterface() && raw.isSealed())) {
      return bind(raw, TypeArgument.of(type, annotated, bound, this, place), null);
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

  /** A generic record or sealed interface with its arguments. */
  JsonType<?> bind(Class<?> raw, Map<TypeVariable<?>, TypeArgument> arguments, @Nullable Tag tag) {
    Map<TypeVariable<?>, TypeArgument> outer = bound;
    bound = arguments;
    JsonType<?> type = declared(TypeArgument.key(raw, arguments, tag), raw, tag);
    bound = outer;
    return type;
  }

  /** Whether it is a type variable or generic class without arguments. */
  private static boolean isRaw(Type type) {
    return type instanceof TypeVariable<?>
        || (type instanceof Class<?> plain && plain.getTypeParameters().length > 0);
  }

  private static IllegalArgumentException unsupported(Type type, String place) {
    return new IllegalArgumentException(place
        + " must be of a supported type (String, a number, boolean, enum, record, sealed interface of"
        + " records, List, Set, Map, array, Optional, java.time, UUID, URI or JsonNode), was "
        + type.getTypeName()
        + (isRaw(type) ? " without a type argument" : "")
        + "; for other types write the schema by hand, with Tool.ofSchema");
  }
}
