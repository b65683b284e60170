package dev.statelessmcp.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Java arrays, also of primitive types, as JSON arrays.
 *
 * @param <T> the boxed type of the elements
 */
final class JavaArrayType<T> implements JsonType<Object> {
  private final JsonType<List<T>> list;
  private final Class<?> component;

  JavaArrayType(JsonType<T> element, Class<?> component) {
    list = ArrayType.list(element);
    this.component = component;
  }

  @Override
  public ObjectNode schema() {
    return list.schema();
  }

  @Override
  public @Nullable Object read(JsonNode node, String place, Problems problems) {
    List<T> values = list.read(node, place, problems);
    if (values == null || !problems.isEmpty()) {
      return null;
    }
    Object array = Array.newInstance(component, values.size());
    for (int i = 0; i < values.size(); i++) {
      Array.set(array, i, values.get(i));
    }
    return array;
  }

  @Override
  public JsonNode meant(JsonNode node) {
    return list.meant(node);
  }

  @Override
  @SuppressWarnings("unchecked") // an array of that component
  public @Nullable JsonNode write(Object value, String place, Problems problems) {
    List<T> values = new ArrayList<>(Array.getLength(value));
    for (int i = 0; i < Array.getLength(value); i++) {
      values.add((T) Array.get(value, i));
    }
    return list.write(values, place, problems);
  }
}
