package dev.statelessmcp.binding;

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
 * an interface that the accessor implements. Only for records that {@link RecordFile} leaves.
 */
final class ComponentAnnotations {
  private final Constructor<?> constructor;
  private final Set<Class<?>> interfaces = new LinkedHashSet<>();

  ComponentAnnotations(Constructor<?> canonical) {
    constructor = canonical;
    addInterfaces(canonical.getDeclaringClass());
  }

  private void addInterfaces(Class<?> type) {
    for (Class<?> one : type.getInterfaces()) {
      if (interfaces.add(one)) {
        addInterfaces(one);
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
      Collections.addAll(found, parameters[index]);
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
