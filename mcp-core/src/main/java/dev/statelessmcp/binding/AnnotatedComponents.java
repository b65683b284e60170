package dev.statelessmcp.binding;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The components of a record that has annotations, read by reflection.
 *
 * <p>Cold start: separate from {@link RecordType}, so that it is not loaded for a record that
 * {@link ClassFile} covers.
 */
final class AnnotatedComponents { // cold start
  private final Class<?> type;
  private final JsonTypes types;
  private final ComponentAnnotations annotations;

  AnnotatedComponents(Constructor<?> canonical, JsonTypes types) {
    type = canonical.getDeclaringClass();
    this.types = types;
    annotations = new ComponentAnnotations(canonical);
    Set<String> names = new HashSet<>();
    for (RecordComponent component : type.getRecordComponents()) {
      names.add(component.getName());
    }
    JacksonAnnotations.checkRecord(canonical, annotations.interfaces(), names);
  }

  /** Adds the components that are members in JSON. */
  void addTo(List<Component> components) {
    RecordComponent[] declared = type.getRecordComponents();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < declared.length; i++) {
      String place = type.getSimpleName() + "." + declared[i].getName();
      List<Annotation> all = annotations.of(declared[i], i);
      JacksonAnnotations jackson = JacksonAnnotations.of(all, place);
      if (!jackson.isIgnored()) {
        Component component = component(declared[i], i, place, all, jackson);
        names.add(component.name());
        names.addAll(component.aliases());
        components.add(component);
      }
    }
    JacksonAnnotations.requireDistinct(names, type.getSimpleName());
  }

  private Component component(
      RecordComponent declared,
      int index,
      String place,
      List<Annotation> all,
      JacksonAnnotations jackson) {
    boolean nullable = ComponentAnnotations.isNullable(declared, all);
    if (nullable && declared.getType().isPrimitive()) {
      throw new IllegalArgumentException(place
          + " is @Nullable and must not be primitive, was "
          + declared.getType().getName());
    }
    return component(
        new MethodParameter(
            index,
            declared.getName(),
            declared.getGenericType(),
            null,
            List.of(declared.getAnnotations()),
            null),
        place,
        RecordType.valueType(declared, types, true),
        nullable,
        jackson,
        RecordType.accessor(declared));
  }

  /** A component or parameter with its annotations. */
  static Component component(
      MethodParameter declared,
      String place,
      JsonType<Object> value,
      boolean nullable,
      JacksonAnnotations jackson,
      Method accessor) {
    Constraints constraints =
        new Constraints(declared.annotations().toArray(new Annotation[0]), place, value);
    constraints.describe(jackson.description());
    JsonNode defaultValue = constraints.defaultValue(value, place);
    boolean optional = value.isOptional() || nullable;
    boolean required = !optional && defaultValue == null;
    if (jackson.required() != null && jackson.required() != required) {
      throw new IllegalArgumentException(place
          + (required ? " must be Optional, @Nullable or have a @Default" : " must be required")
          + " because @JsonProperty says so");
    }
    return new Component(
        declared.index(),
        jackson.name() == null ? declared.name() : jackson.name(),
        jackson.aliases(),
        value,
        required,
        constraints,
        optional ? null : defaultValue,
        accessor);
  }

  /**
   * The tag of the record.
   *
   * @param given the tag from the sealed interface; null for none
   */
  @Nullable
  Tag tag(@Nullable Tag given) {
    Discriminator annotated = Discriminator.annotated(type);
    Tag tag = annotated == null ? given : annotated.tag(type);
    if (given != null && !given.equals(tag)) {
      throw new IllegalArgumentException(type.getSimpleName()
          + " must not have two sealed interfaces if one has" + " @JsonTypeInfo");
    }
    return tag;
  }
}
