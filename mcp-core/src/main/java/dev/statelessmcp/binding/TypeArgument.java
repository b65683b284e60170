package dev.statelessmcp.binding;

import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An argument of a generic record or sealed interface.
 *
 * @param type its JSON form
 * @param key equal to that of another argument if and only if both are the same Java type, with
 *     {@code @Nullable} at the same places
 * @param erased its class, for creating arrays
 */
record TypeArgument(JsonType<?> type, Object key, Class<?> erased) {

  /**
   * The arguments of a type.
   *
   * @param bound the arguments of the type around it; null for none
   */
  static Map<TypeVariable<?>, TypeArgument> of(
      ParameterizedType type,
      @Nullable AnnotatedType annotated,
      @Nullable Map<TypeVariable<?>, TypeArgument> bound,
      JsonTypes types,
      String place) {
    Class<?> raw = (Class<?>) type.getRawType();
    Type[] arguments = type.getActualTypeArguments();
    Map<TypeVariable<?>, TypeArgument> found = new LinkedHashMap<>();
    for (int i = 0; i < arguments.length; i++) {
      AnnotatedType inner = annotated instanceof AnnotatedParameterizedType parameterized
          ? parameterized.getAnnotatedActualTypeArguments()[i]
          : null;
      JsonType<?> argument =
          types.element(arguments[i], inner, place + "<" + arguments[i].getTypeName() + ">");
      Class<?> erased = erased(arguments[i], bound);
      if (erased == null) {
        throw new IllegalStateException(place + " has a type that was read and has no class");
      }
      found.put(
          raw.getTypeParameters()[i],
          new TypeArgument(argument, key(arguments[i], inner, bound), erased));
    }
    return found;
  }

  /**
   * Whether a wildcard has an upper bound: {@code ? extends Shape}, which Kotlin generates for
   * lists of a class that is not final.
   */
  static boolean hasUpperBound(WildcardType wildcard) {
    return wildcard.getLowerBounds().length == 0 && wildcard.getUpperBounds()[0] != Object.class;
  }

  static @Nullable AnnotatedType annotatedUpperBound(@Nullable AnnotatedType annotated) {
    return annotated instanceof AnnotatedWildcardType wildcard
        ? wildcard.getAnnotatedUpperBounds()[0]
        : null;
  }

  /**
   * The class of the values of a type.
   *
   * @param bound the arguments of the type around it; null for none
   * @return null if it is a type variable without an argument, or a wildcard
   */
  static @Nullable Class<?> erased(Type type, @Nullable Map<TypeVariable<?>, TypeArgument> bound) {
    if (type instanceof Class<?> plain) {
      return plain;
    }
    if (type instanceof ParameterizedType generic) {
      return (Class<?>) generic.getRawType();
    }
    if (type instanceof WildcardType wildcard) {
      return hasUpperBound(wildcard) ? erased(wildcard.getUpperBounds()[0], bound) : null;
    }
    if (type instanceof GenericArrayType array) {
      Class<?> component = erased(array.getGenericComponentType(), bound);
      return component == null ? null : component.arrayType();
    }
    TypeArgument argument = bound == null ? null : bound.get(type);
    return argument == null ? null : argument.erased;
  }

  /** The key of a type with its arguments, in the order of its parameters. */
  static Object key(Class<?> raw, Map<TypeVariable<?>, TypeArgument> arguments, @Nullable Tag tag) {
    List<Object> key = new ArrayList<>();
    key.add(raw);
    for (TypeVariable<?> parameter : raw.getTypeParameters()) {
      TypeArgument argument = arguments.get(parameter);
      if (argument != null) {
        key.add(argument.key);
      }
    }
    if (tag != null) {
      key.add(tag);
    }
    return key.size() == 1 ? raw : key;
  }

  /** The key of a type. */
  static Object key(
      Type type,
      @Nullable AnnotatedType annotated,
      @Nullable Map<TypeVariable<?>, TypeArgument> bound) {
    Object key = plainKey(type, annotated, bound);
    return annotated != null && ComponentAnnotations.hasNullable(annotated.getAnnotations())
        ? List.of("nullable", key)
        : key;
  }

  /** Whether it is a type without type variables. */
  boolean isOf(Type other) {
    Object plain = plainKey(other, null, null);
    return key.equals(plain) || key.equals(List.of("nullable", plain));
  }

  private static Object plainKey(
      Type type,
      @Nullable AnnotatedType annotated,
      @Nullable Map<TypeVariable<?>, TypeArgument> bound) {
    if (type instanceof WildcardType wildcard && hasUpperBound(wildcard)) {
      return key(wildcard.getUpperBounds()[0], annotatedUpperBound(annotated), bound);
    }
    if (type instanceof ParameterizedType generic) {
      AnnotatedType[] inner = annotated instanceof AnnotatedParameterizedType parameterized
          ? parameterized.getAnnotatedActualTypeArguments()
          : new AnnotatedType[generic.getActualTypeArguments().length];
      List<Object> key = new ArrayList<>();
      key.add(generic.getRawType());
      for (int i = 0; i < inner.length; i++) {
        key.add(key(generic.getActualTypeArguments()[i], inner[i], bound));
      }
      return key;
    }
    AnnotatedType element = annotated instanceof AnnotatedArrayType array
        ? array.getAnnotatedGenericComponentType()
        : null;
    if (type instanceof GenericArrayType array) {
      return List.of("array", key(array.getGenericComponentType(), element, bound));
    }
    if (type instanceof Class<?> plain && plain.isArray()) {
      return List.of("array", key(plain.getComponentType(), element, bound));
    }
    TypeArgument argument = bound == null ? null : bound.get(type);
    return argument == null ? type : argument.key;
  }
}
