package dev.statelessmcp.annotation;

import dev.statelessmcp.call.Call;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the annotated methods of an object: of its class and of its supertypes. */
final class AnnotatedMethods {
  private final @Nullable Object target;
  private final Class<? extends Annotation> annotation;
  private final Class<? extends Call> call;
  private final List<AnnotatedMethod> found = new ArrayList<>();

  /** The signatures of the methods found; an overridden method counts once. */
  private final Set<String> signatures = new HashSet<>();

  private final Set<Class<?>> interfaces = new HashSet<>();

  private AnnotatedMethods(
      @Nullable Object target, Class<? extends Annotation> annotation, Class<? extends Call> call) {
    this.target = target;
    this.annotation = annotation;
    this.call = call;
  }

  /**
   * Finds methods.
   *
   * @param target an object, or a class for its static methods
   * @return in the order of the source, those of the superclass later, and of interfaces last
   * @throws IllegalArgumentException if there is none, or one cannot be called; the message names
   *     it
   */
  static List<AnnotatedMethod> of(
      Object target, Class<? extends Annotation> annotation, Class<? extends Call> call) {
    Objects.requireNonNull(target, "a target");
    boolean isClass = target instanceof Class<?>;
    Class<?> type = isClass ? (Class<?>) target : target.getClass();
    AnnotatedMethods methods = new AnnotatedMethods(isClass ? null : target, annotation, call);
    for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
      methods.add(at);
    }
    if (!isClass) {
      for (Class<?> at = type; at != null; at = at.getSuperclass()) {
        methods.addInterfaces(at);
      }
    }
    if (methods.found.isEmpty()) {
      throw new IllegalArgumentException(
          type.getName() + " must have a method with @" + annotation.getSimpleName());
    }
    return methods.found;
  }

  private void addInterfaces(Class<?> type) {
    for (Class<?> one : type.getInterfaces()) {
      if (one.getClassLoader() != null
          && interfaces.add(one)) { // interfaces of the JDK have no tools
        add(one);
        addInterfaces(one);
      }
    }
  }

  private void add(Class<?> type) {
    List<MethodFile.Found> inFile = MethodFile.methods(type, annotation.getName());
    if (inFile == null) {
      addByReflection(type);
      return;
    }
    Method[] declared = inFile.isEmpty() ? new Method[0] : type.getDeclaredMethods();
    for (MethodFile.Found one : inFile) {
      for (Method method : declared) {
        if (signature(method).equals(one.signature())) {
          add(method, one.members(), one.names(), one.descriptions());
        }
      }
    }
  }

  private void addByReflection(Class<?> type) {
    Method[] declared = type.getDeclaredMethods();
    java.util.Arrays.sort(declared, Comparator.comparing(AnnotatedMethods::signature));
    for (Method method : declared) {
      Annotation given = method.getAnnotation(annotation);
      if (given != null) {
        List<String> names = new ArrayList<>();
        for (Parameter parameter : method.getParameters()) {
          if (parameter.isNamePresent()) {
            names.add(parameter.getName());
          }
        }
        add(method, members(given), names, null);
      }
    }
  }

  private void add(
      Method method,
      Map<String, Object> members,
      List<String> names,
      @Nullable List<@Nullable String> descriptions) {
    // The compiler copies annotations to methods that it adds, which override those of supertypes
    if (signatures.add(signature(method)) && !method.isSynthetic()) {
      found.add(new AnnotatedMethod(method, target, call, members, names, descriptions));
    }
  }

  private static Map<String, Object> members(Annotation annotation) {
    Map<String, Object> members = new HashMap<>();
    for (Method member : annotation.annotationType().getDeclaredMethods()) {
      try {
        Object value = member.invoke(annotation);
        members.put(member.getName(), value instanceof Object[] array ? List.of(array) : value);
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new IllegalStateException("cannot read " + annotation, e);
      }
    }
    return members;
  }

  private static String signature(Method method) {
    StringBuilder signature = new StringBuilder(method.getName()).append('(');
    for (Class<?> parameter : method.getParameterTypes()) {
      signature.append(parameter.descriptorString());
    }
    return signature
        .append(')')
        .append(method.getReturnType().descriptorString())
        .toString();
  }
}
