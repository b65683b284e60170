package dev.statelessmcp.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parameters of a method, read by the rules for the components of a record. */
final class ParametersType implements JsonType<@Nullable Object[]> {
  private final RecordType<Object> members;

  private ParametersType(List<Component> components) {
    members = new RecordType<>(components);
  }

  static ParametersType of(Method method, List<MethodParameter> parameters, JsonTypes types) {
    List<Component> components = new ArrayList<>(parameters.size());
    List<String> names = new ArrayList<>();
    boolean renamed = false;
    for (MethodParameter parameter : parameters) {
      Component component = component(method, parameter, types);
      names.add(component.name());
      names.addAll(component.aliases());
      components.add(component);
      renamed |= !parameter.annotations().isEmpty();
    }
    if (renamed) { // cold start: the compiler has checked the others
      JacksonAnnotations.requireDistinct(
          names, method.getDeclaringClass().getSimpleName() + "." + method.getName() + "()");
    }
    return new ParametersType(components);
  }

  @SuppressWarnings("unchecked") // JsonTypes chooses it by the Java type of the parameter
  private static Component component(Method method, MethodParameter parameter, JsonTypes types) {
    String place = method.getDeclaringClass().getSimpleName()
        + "."
        + method.getName()
        + "("
        + parameter.name()
        + ")";
    JsonType<Object> value =
        (JsonType<Object>) types.of(parameter.type(), parameter.annotated(), place);
    List<Annotation> annotations = parameter.annotations();
    AnnotatedType annotated = parameter.annotated();
    if (annotations.isEmpty() && annotated == null) {
      return new Component(
          parameter.index(),
          parameter.name(),
          List.of(),
          value,
          !value.isOptional(),
          new Constraints(parameter.description()),
          null,
          method);
    }
    JacksonAnnotations jackson = JacksonAnnotations.of(annotations, place);
    if (jackson.isIgnored()) {
      throw new IllegalArgumentException(place + " must not have @JsonIgnore: it needs a value");
    }
    boolean nullable = ComponentAnnotations.hasNullable(annotations.toArray(new Annotation[0]))
        || (annotated != null && ComponentAnnotations.hasNullable(annotated.getAnnotations()));
    if (nullable && parameter.type() instanceof Class<?> plain && plain.isPrimitive()) {
      throw new IllegalArgumentException(
          place + " is @Nullable and must not be primitive, was " + plain.getName());
    }
    return AnnotatedComponents.component(parameter, place, value, nullable, jackson, method);
  }

  @Override
  public ObjectNode schema() {
    return members.schema();
  }

  @Override
  public @Nullable Object @Nullable [] read(JsonNode node, String place, Problems problems) {
    return members.values(node, place, problems);
  }

  @Override
  public JsonNode write(@Nullable Object[] value, String place, Problems problems) {
    throw new IllegalStateException("parameters are only read");
  }

  @Override
  public JsonNode meant(JsonNode node) {
    return members.meant(node);
  }
}
