package dev.statelessmcp.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A recursive type: its schema is a {@code $ref} to its definition in {@code $defs} of the whole
 * schema.
 *
 * @param <T> the Java type
 */
final class ReferenceType<T> implements JsonType<T> {
  /** Limits the depth of recursive values; the JSON reader also limits it. */
  static final int MAX_DEPTH = 200;

  private final String name;
  private final Class<?> declared;

  // Set once, before it is published; null while the type is being read
  private @Nullable JsonType<T> target;

  ReferenceType(String name, Class<?> declared) {
    this.name = name;
    this.declared = declared;
  }

  void resolve(JsonType<T> type) {
    target = type;
  }

  String name() {
    return name;
  }

  Class<?> declared() {
    return declared;
  }

  /** The schema of the type itself, which {@link #schema} refers to. */
  ObjectNode definition() {
    return target == null ? Json.object() : target.schema();
  }

  @Override
  public ObjectNode schema() {
    return Json.object().put("$ref", "#/$defs/" + name);
  }

  @Override
  public @Nullable T read(JsonNode node, String place, Problems problems) {
    if (target == null) { // a @Default in a recursive record
      problems.add(place, "is not supported in a recursive type");
      return null;
    }
    if (!problems.enter(place)) {
      return null;
    }
    T value = target.read(node, place, problems);
    problems.leave();
    return value;
  }

  @Override
  public @Nullable JsonNode write(T value, String place, Problems problems) {
    if (target == null || !problems.enter(place)) {
      return null;
    }
    JsonNode written = target.write(value, place, problems);
    problems.leave();
    return written;
  }

  @Override
  public JsonNode meant(JsonNode node) {
    return target == null ? node : target.meant(node);
  }

  @Override
  public boolean hasValue(Set<JsonType<?>> open) {
    return target != null && target.hasValue(open);
  }
}
