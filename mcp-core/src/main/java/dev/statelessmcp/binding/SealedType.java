package dev.statelessmcp.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.schema.Description;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sealed interfaces of records, as the object of one of the records, with a member that names the
 * record.
 *
 * @param <T> the interface
 */
final class SealedType<T> implements JsonType<T> {
  private final @Nullable String description;
  private final String member;
  private final List<Class<?>> records = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final List<JsonType<Object>> variants = new ArrayList<>();

  /**
   * Reads the records of an interface.
   *
   * @param bound the arguments of a generic interface; null for none
   */
  SealedType(Class<T> type, JsonTypes types, @Nullable Map<TypeVariable<?>, TypeArgument> bound) {
    JacksonAnnotations.checkClass(type, ComponentAnnotations.interfaces(type));
    Description describes = type.getAnnotation(Description.class);
    description = describes == null ? null : describes.value();
    Discriminator discriminator = Discriminator.of(type);
    member = discriminator.member();
    add(type, bound == null ? Map.of() : bound, discriminator, types);
    if (records.isEmpty()) {
      throw new IllegalArgumentException(
          type.getSimpleName() + " must have a record with these type arguments");
    }
    JacksonAnnotations.requireDistinct(names, type.getSimpleName());
  }

  @SuppressWarnings("unchecked") // the type of the record
  private void add(
      Class<?> type,
      Map<TypeVariable<?>, TypeArgument> bound,
      Discriminator discriminator,
      JsonTypes types) {
    for (Class<?> one : type.getPermittedSubclasses()) {
      Map<TypeVariable<?>, TypeArgument> arguments = arguments(one, type, bound);
      if (arguments == null || records.contains(one)) {
        continue;
      }
      if (one.isInterface() && one.isSealed()) {
        JacksonAnnotations.checkClass(one, ComponentAnnotations.interfaces(one));
        add(one, arguments, discriminator, types);
      } else if (one.isRecord()) {
        Tag tag = discriminator.tag(one);
        records.add(one);
        names.add(tag.value());
        variants.add((JsonType<Object>) types.bind(one, arguments, tag));
      } else {
        String kind = one.isEnum() ? "an enum" : one.isInterface() ? "an interface" : "a class";
        throw new IllegalArgumentException(type.getSimpleName()
            + " permits "
            + one.getSimpleName()
            + ", which must be a record or a sealed interface of records, was "
            + kind);
      }
    }
  }

  /**
   * The arguments of a record or interface that implements a generic interface.
   *
   * @return null if it implements the interface with other arguments
   */
  private static @Nullable Map<TypeVariable<?>, TypeArgument> arguments(
      Class<?> type, Class<?> generic, Map<TypeVariable<?>, TypeArgument> bound) {
    Map<TypeVariable<?>, TypeArgument> found = new LinkedHashMap<>();
    for (Type implemented : type.getGenericInterfaces()) {
      if (implemented instanceof ParameterizedType with && with.getRawType() == generic) {
        for (int i = 0; i < with.getActualTypeArguments().length; i++) {
          Type argument = with.getActualTypeArguments()[i];
          TypeArgument value = bound.get(generic.getTypeParameters()[i]);
          if (value == null) {
            throw new IllegalArgumentException(
                generic.getSimpleName() + " must have type arguments");
          }
          if (argument instanceof TypeVariable<?> variable) {
            TypeArgument other = found.put(variable, value);
            if (other != null && !other.key().equals(value.key())) {
              return null;
            }
          } else if (hasVariable(argument)) {
            throw new IllegalArgumentException(type.getSimpleName()
                + " must implement "
                + generic.getSimpleName()
                + " with type parameters or without any, was "
                + with);
          } else if (!value.isOf(argument)) {
            return null;
          }
        }
      }
    }
    for (TypeVariable<?> parameter : type.getTypeParameters()) {
      if (!found.containsKey(parameter)) {
        throw new IllegalArgumentException(type.getSimpleName()
            + "<"
            + parameter
            + "> must pass its type parameter to "
            + generic.getSimpleName());
      }
    }
    return found;
  }

  private static boolean hasVariable(Type type) {
    if (type instanceof ParameterizedType generic) {
      boolean found = false;
      for (Type argument : generic.getActualTypeArguments()) {
        found |= hasVariable(argument);
      }
      return found;
    }
    return type instanceof GenericArrayType array
        ? hasVariable(array.getGenericComponentType())
        : !(type instanceof Class<?>);
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = Json.object().put("type", "object");
    if (description != null) {
      schema.put("description", description);
    }
    ArrayNode choices = schema.putArray("oneOf");
    for (JsonType<Object> variant : variants) {
      choices.add(variant.schema());
    }
    return schema;
  }

  @Override
  @SuppressWarnings("unchecked") // the records implement T
  public @Nullable T read(JsonNode node, String place, Problems problems) {
    if (!node.isObject()) {
      return ScalarType.mismatch(node, "an object", place, problems);
    }
    JsonNode given = node.get(member);
    int i = given == null ? -1 : names.indexOf(given.textValue());
    if (i >= 0) {
      return (T) variants.get(i).read(node, place, problems);
    }
    String here = place + "." + member;
    String expected = "one of " + String.join(", ", names);
    if (given != null && !given.isTextual()) {
      return ScalarType.mismatch(given, expected, here, problems);
    }
    problems.add(here, (given == null ? "is required, and " : "") + "must be " + expected);
    return null;
  }

  @Override
  public JsonNode meant(JsonNode node) {
    return ScalarType.parsed(node, '{');
  }

  @Override
  public @Nullable JsonNode write(T value, String place, Problems problems) {
    int i = records.indexOf(value.getClass());
    if (i < 0) { // a record of the interface with other type arguments
      problems.add(place, "must be one of " + String.join(", ", names));
      return null;
    }
    return variants.get(i).write(value, place, problems);
  }

  @Override
  public boolean hasValue(Set<JsonType<?>> open) {
    if (!open.add(this)) {
      return false;
    }
    boolean found = false;
    for (JsonType<Object> variant : variants) {
      found |= variant.hasValue(open);
    }
    open.remove(this);
    return found;
  }
}
