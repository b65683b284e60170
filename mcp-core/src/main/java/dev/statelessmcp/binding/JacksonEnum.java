package dev.statelessmcp.binding;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.lang.annotation.Annotation;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names of enum constants from Jackson's annotations: {@code @JsonValue} of a method or field,
 * otherwise {@code @JsonProperty} of the constant. A {@code @JsonCreator} is accepted if it finds
 * each constant by its name.
 */
final class JacksonEnum {
  private final Class<?> type;
  private final String place;
  private @Nullable AccessibleObject value; // the method or field with @JsonValue
  private @Nullable Method creator;

  JacksonEnum(Class<?> type) {
    this.type = type;
    place = type.getSimpleName();
    Set<Class<?>> interfaces = ComponentAnnotations.interfaces(type);
    JacksonAnnotations.checkClass(type, interfaces);
    List<Method> methods = new ArrayList<>(List.of(type.getDeclaredMethods()));
    for (Class<?> one : interfaces) {
      methods.addAll(List.of(one.getDeclaredMethods()));
    }
    for (Method method : methods) {
      for (Annotation annotation : method.getAnnotations()) {
        add(method, annotation);
      }
    }
    for (Field field : type.getDeclaredFields()) {
      if (!field.isEnumConstant()) {
        for (Annotation annotation : field.getAnnotations()) {
          add(field, annotation);
        }
      }
    }
  }

  private void add(AccessibleObject member, Annotation annotation) {
    if (annotation instanceof JsonValue marks) {
      value = marks.value() ? member : value;
    } else if (annotation instanceof JsonCreator
        && member instanceof Method method
        && Modifier.isStatic(method.getModifiers())
        && method.getParameterCount() == 1
        && method.getParameterTypes()[0] == String.class) {
      creator = method;
    } else if (JacksonAnnotations.isJackson(annotation)) {
      // neither a name of a constant nor anything else that is supported
      JacksonAnnotations.of(List.of(annotation), place).requireNothing(annotation, place);
    }
  }

  /** Whether an enum has a Jackson annotation. */
  static boolean isAnnotated(Class<?> type) {
    boolean found = has(type);
    for (Method method : type.getDeclaredMethods()) {
      found |= has(method);
    }
    for (Field field : type.getDeclaredFields()) {
      found |= has(field);
    }
    for (Class<?> one : type.getInterfaces()) {
      found |= isAnnotated(one);
    }
    return found;
  }

  private static boolean has(AnnotatedElement element) {
    for (Annotation annotation : element.getAnnotations()) {
      if (JacksonAnnotations.isJackson(annotation)) {
        return true;
      }
    }
    return false;
  }

  /** The annotations of a constant. */
  JacksonAnnotations of(Enum<?> constant) {
    Annotation[] annotations = EnumType.field(constant).getAnnotations();
    JacksonAnnotations said =
        JacksonAnnotations.of(List.of(annotations), place + "." + constant.name());
    if (said.isIgnored()) {
      throw new IllegalArgumentException(
          place + "." + constant.name() + " must not have @JsonIgnore, which is not supported");
    }
    return said;
  }

  /** The name of a constant. */
  String name(Enum<?> constant, JacksonAnnotations said) {
    String name = said.name() == null ? constant.name() : said.name();
    try {
      if (value != null) {
        value.setAccessible(true);
        Object found = value instanceof Method method
            ? method.invoke(constant)
            : ((Field) value).get(constant);
        if (!(found instanceof String text)) {
          throw new IllegalArgumentException(
              "the @JsonValue of " + place + "." + constant.name() + " must be a String");
        }
        name = text;
      }
      if (creator != null) {
        creator.setAccessible(true);
        if (creator.invoke(null, name) != constant) {
          throw new IllegalArgumentException("the @JsonCreator of "
              + place
              + " must return "
              + constant.name()
              + " for \""
              + name
              + "\"");
        }
      }
      return name;
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalArgumentException(
          "the @JsonValue or @JsonCreator of " + place + " failed for " + constant.name(), e);
    }
  }

  @Override
  public String toString() {
    return type.getName();
  }
}
