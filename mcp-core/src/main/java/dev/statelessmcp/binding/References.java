package dev.statelessmcp.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The recursive types of a schema. Loaded only if there is one. */
final class References {
  private final Map<Object, ReferenceType<?>> types = new LinkedHashMap<>();
  private final Set<String> names = new HashSet<>();

  /** The reference to a type that is being read, and is therefore recursive. */
  ReferenceType<?> to(Object key, Class<?> type) {
    ReferenceType<?> reference = types.get(key);
    if (reference == null) {
      String name = type.getSimpleName();
      for (int i = 2; !names.add(name); i++) {
        name = type.getSimpleName() + i;
      }
      reference = new ReferenceType<>(name, type);
      types.put(key, reference);
    }
    return reference;
  }

  /** Returns the reference to a type that has been read, if there is one, otherwise the type. */
  @SuppressWarnings("unchecked") // the key is that of the type
  JsonType<?> resolve(Object key, JsonType<?> type) {
    ReferenceType<Object> reference = (ReferenceType<Object>) types.get(key);
    if (reference == null) {
      return type;
    }
    reference.resolve((JsonType<Object>) type);
    return reference;
  }

  /**
   * The type of the whole schema.
   *
   * @throws IllegalArgumentException if a type has no finite value
   */
  JsonType<?> root(JsonType<?> type) {
    for (ReferenceType<?> reference : types.values()) {
      if (!reference.hasValue(new HashSet<>())) {
        throw new IllegalArgumentException(reference.declared().getName()
            + " must not contain itself endlessly; the member must be Optional, @Nullable,"
            + " a List, Set or Map, or another record of a sealed interface");
      }
    }
    return new Root<>(type, types);
  }

  /** Adds the definitions to the schema. */
  private static final class Root<T> implements JsonType<T> {
    private final JsonType<T> type;
    private final Map<Object, ReferenceType<?>> references;

    Root(JsonType<T> type, Map<Object, ReferenceType<?>> references) {
      this.type = type;
      this.references = references;
    }

    @Override
    public ObjectNode schema() {
      // The root is not a reference, because clients require the type "object" there
      ObjectNode schema =
          type instanceof ReferenceType<?> reference ? reference.definition() : type.schema();
      ObjectNode definitions = schema.putObject("$defs");
      for (ReferenceType<?> reference : references.values()) {
        definitions.set(reference.name(), reference.definition());
      }
      return schema;
    }

    @Override
    public @Nullable T read(JsonNode node, String place, Problems problems) {
      return type.read(node, place, problems);
    }

    @Override
    public @Nullable JsonNode write(T value, String place, Problems problems) {
      return type.write(value, place, problems);
    }

    @Override
    public JsonNode meant(JsonNode node) {
      return type.meant(node);
    }

    @Override
    public boolean isOptional() {
      return type.isOptional();
    }
  }
}
