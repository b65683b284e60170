package dev.statelessmcp.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * The elements of an array, and the values of a map. Unlike a member of a record an element cannot
 * be missing, so an empty {@code Optional} is {@code null}, also in the schema.
 *
 * @param <T> the type of the elements
 */
final class ElementType<T> {
  private final JsonType<T> type;

  ElementType(JsonType<T> type) {
    this.type = type;
  }

  ObjectNode schema() {
    ObjectNode schema = type.schema();
    if (!type.isOptional()) {
      return schema;
    }
    ObjectNode nullable = Json.object();
    nullable.putArray("anyOf").add(schema).addObject().put("type", "null");
    return nullable;
  }

  /** Returns what an element is read as. */
  JsonNode meant(JsonNode node, Problems problems) {
    return problems.meant(type, type.isOptional(), node);
  }

  /**
   * Reads an element.
   *
   * @param node what {@link #meant} returned
   */
  @Nullable
  T read(JsonNode node, String place, Problems problems) {
    if (node.isNull() && !type.takesNull()) {
      problems.add(place, "must not be null");
      return null;
    }
    return type.read(node, place, problems);
  }

  /** Writes an element. Returns null only after a problem. */
  @Nullable
  JsonNode write(T value, String place, Problems problems) {
    if (value == null && !type.isOptional()) {
      problems.add(place, "must not be null; declare the elements Optional if they may be empty");
      return null;
    }
    JsonNode written = value == null ? null : type.write(value, place, problems);
    return written == null && type.isOptional() ? Json.NODES.nullNode() : written;
  }
}
