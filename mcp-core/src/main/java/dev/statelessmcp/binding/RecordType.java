package dev.statelessmcp.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.schema.Description;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Records, as JSON objects with exactly the record's components. Unknown members are refused,
 * unless {@link Problems} ignores them.
 *
 * @param <T> the record
 */
final class RecordType<T> implements JsonType<T> {
  /** Null for the parameters of a method. */
  private final @Nullable Constructor<T> constructor;

  private final List<Component> components;
  private final @Nullable String description;

  /** The member that names the record of a sealed interface; null for none. */
  private final @Nullable Tag tag;

  /** The values of the components that are not in the JSON; null if all are. */
  private @Nullable Object @Nullable [] blank;

  RecordType(Class<T> type, JsonTypes types, @Nullable Tag tag) {
    RecordComponent[] declared = type.getRecordComponents();
    Class<?>[] parameters = new Class<?>[declared.length];
    for (int i = 0; i < declared.length; i++) {
      parameters[i] = declared[i].getType();
    }
    try {
      constructor = type.getDeclaredConstructor(parameters);
      constructor.setAccessible(true); // the record may be private to the class of the tool
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException(
          "the canonical constructor of " + type.getName() + " is missing", e);
    }
    Description describes = type.getAnnotation(Description.class);
    description = describes == null ? null : describes.value();
    components = new ArrayList<>();
    @Nullable String[] descriptions = ClassFile.descriptions(type);
    if (descriptions == null) {
      AnnotatedComponents annotated = new AnnotatedComponents(constructor, types);
      this.tag = annotated.tag(tag);
      annotated.addTo(components);
      blank = components.size() == declared.length ? null : blank(parameters);
      requireOther();
      return;
    }
    this.tag = tag;
    for (int i = 0; i < declared.length; i++) {
      JsonType<Object> value = valueType(declared[i], types, false);
      components.add(new Component(
          i,
          declared[i].getName(),
          List.of(),
          value,
          !value.isOptional(),
          new Constraints(descriptions[i]),
          null,
          accessor(declared[i])));
    }
    requireOther();
  }

  /** The parameters of a method. */
  RecordType(List<Component> components) {
    constructor = null;
    description = null;
    tag = null;
    this.components = components;
  }

  private void requireOther() {
    if (tag != null) {
      tag.requireOther(components);
    }
  }

  @SuppressWarnings("unchecked") // JsonTypes chooses it by the Java type of the component
  static JsonType<Object> valueType(RecordComponent component, JsonTypes types, boolean annotated) {
    return (JsonType<Object>) types.of(
        component.getGenericType(),
        annotated ? component.getAnnotatedType() : null,
        component.getDeclaringRecord().getSimpleName() + "." + component.getName());
  }

  static Method accessor(RecordComponent component) {
    Method accessor = component.getAccessor();
    accessor.setAccessible(true);
    return accessor;
  }

  /**
   * The values that a constructor gets for components that are not in the JSON: null, empty, 0 or
   * false.
   */
  private static @Nullable Object[] blank(Class<?>[] types) {
    @Nullable Object[] values = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      if (types[i].isPrimitive()) {
        values[i] = Array.get(Array.newInstance(types[i], 1), 0);
      } else {
        values[i] = OptionalType.empty(types[i]);
      }
    }
    return values;
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = Json.object().put("type", "object");
    if (description != null) {
      schema.put("description", description);
    }
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = Json.array();
    if (tag != null) {
      tag.addTo(properties, required);
    }
    for (Component component : components) {
      component.addTo(properties);
      if (component.required()) {
        required.add(component.name());
      }
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    // A misspelt optional argument must be reported to the model, not ignored
    return schema.put("additionalProperties", false);
  }

  @Override
  public @Nullable T read(JsonNode node, String place, Problems problems) {
    @Nullable Object[] values = values(node, place, problems);
    return values == null ? null : construct(values, place, problems);
  }

  /**
   * Reads the values of the components.
   *
   * @return null after a problem
   */
  @Nullable
  Object @Nullable [] values(JsonNode node, String place, Problems problems) {
    if (!node.isObject()) {
      return ScalarType.mismatch(node, "an object", place, problems);
    }
    @Nullable Object[] values = blank == null ? new Object[components.size()] : blank.clone();
    int known = tag == null ? 0 : tag.check(node, place, problems);
    boolean complete = true;
    for (int i = 0; i < components.size(); i++) {
      Component component = components.get(i);
      JsonNode member = component.in(node, place, problems);
      known += member == null ? 0 : 1;
      Object value = component.read(member, place + "." + component.name(), problems);
      values[component.index()] = value;
      complete &= value != null || !component.required();
    }
    if (known < node.size() && !problems.ignoresUnknown()) {
      addUnknown(node, place, problems);
    }
    return complete && problems.isEmpty() ? values : null;
  }

  private void addUnknown(JsonNode node, String place, Problems problems) {
    List<String> names = new ArrayList<>();
    if (tag != null) {
      names.add(tag.member());
    }
    for (Component component : components) {
      names.add(component.name());
    }
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      if (!isKnown(member.getKey())) {
        problems.add(
            place + "." + member.getKey(),
            names.isEmpty()
                ? "is not known; there are no arguments"
                : "is not known; known are " + String.join(", ", names));
      }
    }
  }

  private boolean isKnown(String name) {
    for (Component component : components) {
      if (component.isNamed(name)) {
        return true;
      }
    }
    return tag != null && tag.member().equals(name);
  }

  @Override
  public boolean hasValue(Set<JsonType<?>> open) {
    if (!open.add(this)) {
      return false;
    }
    boolean found = true;
    for (Component component : components) {
      found &= !component.required() || component.type().hasValue(open);
    }
    open.remove(this);
    return found;
  }

  @Override
  public JsonNode meant(JsonNode node) {
    return ScalarType.parsed(node, '{');
  }

  /** Creates the record. Its constructor may refuse values by an IllegalArgumentException. */
  private @Nullable T construct(@Nullable Object[] values, String place, Problems problems) {
    if (constructor == null) {
      throw new IllegalStateException("parameters are not a record");
    }
    String type = constructor.getDeclaringClass().getName();
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException bad && bad.getMessage() != null) {
        problems.add(place, "is not valid: " + bad.getMessage());
        return null;
      }
      throw new IllegalStateException("the constructor of " + type + " failed", e.getCause());
    } catch (InstantiationException | IllegalAccessException e) {
      throw new IllegalStateException("cannot create " + type, e);
    }
  }

  @Override
  public JsonNode write(T value, String place, Problems problems) {
    ObjectNode object = Json.object();
    if (tag != null) {
      object.put(tag.member(), tag.value());
    }
    for (Component component : components) {
      JsonNode written = component.write(value, place + "." + component.name(), problems);
      if (written != null) {
        object.set(component.name(), written);
      }
    }
    return object;
  }
}
