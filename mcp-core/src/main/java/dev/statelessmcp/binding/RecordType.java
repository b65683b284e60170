package dev.statelessmcp.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.schema.Description;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Records, as JSON objects with exactly the record's components. Unknown members are refused.
 *
 * @param <T> the record
 */
final class RecordType<T> implements JsonType<T> {

  private record Component(
      String name,
      JsonType<Object> type,
      boolean required,
      Constraints constraints,
      Method accessor) {}

  private final Class<T> type;
  private final Constructor<T> constructor;
  private final List<Component> components = new ArrayList<>();

  RecordType(Class<T> type, JsonTypes types) {
    this.type = type;
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
    String[] descriptions = RecordFile.descriptions(type);
    for (int i = 0; i < declared.length; i++) {
      String place = type.getSimpleName() + "." + declared[i].getName();
      JsonType<?> value = types.of(declared[i].getGenericType(), place);
      if (descriptions != null) {
        components.add(component(declared[i], value, false, new Constraints(descriptions[i])));
        continue;
      }
      boolean nullable =
          hasNullable(constructor.getParameterAnnotations()[i]) || isNullable(declared[i]);
      if (nullable && declared[i].getType().isPrimitive()) {
        throw new IllegalArgumentException(place
            + " is @Nullable and must not be primitive, was "
            + declared[i].getType().getName());
      }
      String kind = value.schema().path("type").asText();
      Constraints constraints = new Constraints(declared[i], place, kind);
      components.add(component(declared[i], value, nullable, constraints));
    }
  }

  @SuppressWarnings("unchecked") // JsonTypes has chosen it by the Java type of the component
  private static Component component(
      RecordComponent declared, JsonType<?> value, boolean nullable, Constraints constraints) {
    Method accessor = declared.getAccessor();
    accessor.setAccessible(true);
    return new Component(
        declared.getName(),
        (JsonType<Object>) value,
        !value.isOptional() && !nullable,
        constraints,
        accessor);
  }

  /**
   * Returns whether a component is nullable. By its {@code @Target}, an annotation of a component
   * is kept on the component, its type, its accessor, its field or the parameter of the
   * constructor.
   */
  private static boolean isNullable(RecordComponent component) {
    if (hasNullable(component)
        || hasNullable(component.getAnnotatedType())
        || hasNullable(component.getAccessor())
        || hasNullable(component.getAccessor().getAnnotatedReturnType())) {
      return true;
    }
    try {
      return hasNullable(component.getDeclaringRecord().getDeclaredField(component.getName()));
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("the field of a record component is missing", e);
    }
  }

  private static boolean hasNullable(AnnotatedElement element) {
    return hasNullable(element.getAnnotations());
  }

  private static boolean hasNullable(Annotation[] annotations) {
    for (Annotation annotation : annotations) {
      if (annotation.annotationType().getSimpleName().equals("Nullable")) {
        return true;
      }
    }
    return false;
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = Json.object().put("type", "object");
    Description description = type.getAnnotation(Description.class);
    if (description != null) {
      schema.put("description", description.value());
    }
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = Json.array();
    for (Component component : components) {
      ObjectNode property = component.type.schema();
      component.constraints.addTo(property);
      properties.set(component.name, property);
      if (component.required) {
        required.add(component.name);
      }
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    // A misspelt optional argument must be reported to the model and not be ignored silently
    return schema.put("additionalProperties", false);
  }

  @Override
  public T read(JsonNode node, String place, Problems problems) {
    if (!node.isObject()) {
      return ScalarType.mismatch(node, "an object", place, problems);
    }
    Object[] values = new Object[components.size()];
    int known = 0;
    boolean complete = true;
    for (int i = 0; i < values.length; i++) {
      Component component = components.get(i);
      String here = place + "." + component.name;
      JsonNode member = node.get(component.name);
      known += member == null ? 0 : 1;
      if (member != null
          && (!member.isNull() || (component.required && component.type.takesNull()))) {
        values[i] = component.type.read(member, here, problems);
        component.constraints.check(member, here, problems);
      } else if (!component.required) {
        values[i] = component.type.missing();
      } else {
        problems.add(here, member == null ? "is required" : "must not be null");
      }
      complete &= values[i] != null || !component.required;
    }
    if (known < node.size()) {
      addUnknown(node, place, problems);
    }
    return complete && problems.isEmpty() ? construct(values, place, problems) : null;
  }

  private void addUnknown(JsonNode node, String place, Problems problems) {
    List<String> names = components.stream().map(Component::name).toList();
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      if (!names.contains(member.getKey())) {
        problems.add(
            place + "." + member.getKey(),
            names.isEmpty()
                ? "is not known; there are no arguments"
                : "is not known; known are " + String.join(", ", names));
      }
    }
  }

  /** Creates the record. Its constructor may refuse values by an IllegalArgumentException. */
  private T construct(Object[] values, String place, Problems problems) {
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException bad && bad.getMessage() != null) {
        problems.add(place, "is not valid: " + bad.getMessage());
        return null;
      }
      throw new IllegalStateException(
          "the constructor of " + type.getName() + " failed", e.getCause());
    } catch (InstantiationException | IllegalAccessException e) {
      throw new IllegalStateException("cannot create " + type.getName(), e);
    }
  }

  @Override
  public JsonNode write(T value) {
    ObjectNode object = Json.object();
    for (Component component : components) {
      Object member = get(component, value);
      JsonNode written = member == null ? null : component.type.write(member);
      if (written != null) {
        object.set(component.name, written);
      } else if (component.required) {
        throw new IllegalStateException(type.getSimpleName()
            + "."
            + component.name
            + " must not be null; declare it Optional or @Nullable if it may be missing");
      }
    }
    return object;
  }

  private Object get(Component component, T value) {
    try {
      return component.accessor.invoke(value);
    } catch (InvocationTargetException | IllegalAccessException e) {
      throw new IllegalStateException(
          "the accessor failed: " + type.getSimpleName() + "." + component.name, e);
    }
  }
}
