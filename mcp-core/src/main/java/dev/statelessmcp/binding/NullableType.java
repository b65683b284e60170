package dev.statelessmcp.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A {@code @Nullable} element of a collection or value of a map: its type, or null.
 *
 * @param <T> the type
 */
final class NullableType<T> implements JsonType<T> {
  private final JsonType<T> value;

  NullableType(JsonType<T> value) {
    this.value = value;
  }

  @Override
  public ObjectNode schema() {
    return value.schema();
  }

  @Override
  public @Nullable T read(JsonNode node, String place, Problems problems) {
    return node.isNull() ? null : value.read(node, place, problems);
  }

  @Override
  public JsonNode meant(JsonNode node) {
    return value.meant(node);
  }

  @Override
  public @Nullable JsonNode write(T written, String place, Problems problems) {
    return value.write(written, place, problems);
  }

  @Override
  public boolean isOptional() {
    return true;
  }
}
