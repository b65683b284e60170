package dev.statelessmcp.binding;

import dev.statelessmcp.schema.Range;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The annotations of a record component, wherever their {@code @Target} has put them: on the
 * component, its type, its accessor, its field, the parameter of the constructor, or the method of
 * an interface that the accessor implements. Only for records that {@link ClassFile} does not
 * cover.
 */
final class ComponentAnnotations {
  private final Constructor<?> constructor;
  private final Set<Class<?>> interfaces;

  ComponentAnnotations(Constructor<?> canonical) {
    constructor = canonical;
    interfaces = interfaces(canonical.getDeclaringClass());
  }

  /** All interfaces of a type, also those of its interfaces. */
  static Set<Class<?>> interfaces(Class<?> type) {
    Set<Class<?>> found = new LinkedHashSet<>();
    addInterfaces(type, found);
    return found;
  }

  private static void addInterfaces(Class<?> type, Set<Class<?>> found) {
    for (Class<?> one : type.getInterfaces()) {
      if (found.add(one)) {
        addInterfaces(one, found);
      }
    }
  }

  Set<Class<?>> interfaces() {
    return interfaces;
  }

  /** All annotations of a component except those of its type. */
  List<Annotation> of(RecordComponent component, int index) {
    List<Annotation> found = new ArrayList<>();
    Collections.addAll(found, component.getAnnotations());
    Collections.addAll(found, component.getAccessor().getAnnotations());
    Annotation[][] parameters = constructor.getParameterAnnotations();
    if (index < parameters.length) {
      for (Annotation annotation : parameters[index]) {
        requireOnComponent(annotation, component);
        found.add(annotation);
      }
    }
    try {
      Collections.addAll(
          found,
          component.getDeclaringRecord().getDeclaredField(component.getName()).getAnnotations());
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("the field of a record component is missing", e);
    }
    for (Class<?> type : interfaces) {
      for (Method method : type.getDeclaredMethods()) {
        if (method.getParameterCount() == 0 && method.getName().equals(component.getName())) {
          Collections.addAll(found, method.getAnnotations());
        }
      }
    }
    return found;
  }

  /**
   * Checks that an annotation of this library is not on a constructor parameter, where it has no
   * effect.
   */
  private static void requireOnComponent(Annotation annotation, RecordComponent component) {
    Class<? extends Annotation> type = annotation.annotationType();
    if (type.getPackageName().equals(Range.class.getPackageName())
        && !component.isAnnotationPresent(type)) {
      throw new IllegalArgumentException(component.getDeclaringRecord().getSimpleName()
          + "."
          + component.getName()
          + " must have @"
          + type.getSimpleName()
          + " on the component; on a parameter of the constructor it has no effect");
    }
  }

  /** Returns whether a component is nullable, by {@code @Nullable} of any package. */
  static boolean isNullable(RecordComponent component, List<Annotation> annotations) {
    return hasNullable(annotations.toArray(new Annotation[0]))
        || hasNullable(component.getAnnotatedType().getAnnotations())
        || hasNullable(component.getAccessor().getAnnotatedReturnType().getAnnotations());
  }

  static boolean hasNullable(Annotation[] annotations) {
    for (Annotation annotation : annotations) {
      if (annotation.annotationType().getSimpleName().equals("Nullable")) {
        return true;
      }
    }
    return false;
  }
}
