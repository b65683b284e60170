package dev.statelessmcp.binding;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonRootName;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The Jackson annotations of a record component or enum constant. Unsupported ones are refused when
 * the tool is built, because ignoring one could, for example, send a secret to the client.
 */
final class JacksonAnnotations {
  /** Another name; null for none. */
  private @Nullable String name;

  private final List<String> aliases = new ArrayList<>(0);
  private boolean ignored;
  private @Nullable String description;
  private @Nullable Boolean required;

  /** Reads the annotations of one place. */
  static JacksonAnnotations of(Iterable<Annotation> annotations, String place) {
    JacksonAnnotations said = new JacksonAnnotations();
    for (Annotation annotation : annotations) {
      said.add(annotation, place);
    }
    return said;
  }

  @Nullable
  String name() {
    return name;
  }

  List<String> aliases() {
    return aliases;
  }

  boolean isIgnored() {
    return ignored;
  }

  @Nullable
  String description() {
    return description;
  }

  /** Whether the member is required; null if not set. */
  @Nullable
  Boolean required() {
    return required;
  }

  static boolean isJackson(Annotation annotation) {
    String type = annotation.annotationType().getName();
    return type.startsWith("com.fasterxml.jackson.") || type.startsWith("tools.jackson.");
  }

  private void add(Annotation annotation, String place) {
    if (!isJackson(annotation)) {
      for (Annotation inside : bundled(annotation)) {
        add(inside, place);
      }
    } else if (annotation instanceof JsonProperty property) {
      add(property, place);
    } else if (annotation instanceof JsonIgnore ignore) {
      ignored |= ignore.value();
    } else if (annotation instanceof JsonAlias others) {
      for (String alias : others.value()) {
        if (!aliases.contains(alias)) {
          aliases.add(alias);
        }
      }
    } else if (annotation instanceof JsonPropertyDescription describes) {
      description = describes.value();
    } else {
      requireNoEffect(annotation, place);
    }
  }

  private void add(JsonProperty property, String place) {
    if (!property.value().isEmpty()) {
      if (name != null && !name.equals(property.value())) {
        throw new IllegalArgumentException(place
            + " must have one name, had @JsonProperty \""
            + name
            + "\" and \""
            + property.value()
            + "\"");
      }
      name = property.value();
    }
    if (property.access() != JsonProperty.Access.AUTO) {
      throw new IllegalArgumentException(
          place + " must not have @JsonProperty(access), which is not supported");
    }
    if (!property.defaultValue().isEmpty()) {
      throw new IllegalArgumentException(
          place + " must not have @JsonProperty(defaultValue); use @Default instead");
    }
    if (property.required()) {
      required = true;
    }
    if (property.isRequired().asBoolean() != null) {
      required = property.isRequired().asBoolean();
    }
  }

  /** The annotations of a composed annotation, which Jackson supports. */
  private static List<Annotation> bundled(Annotation annotation) {
    Class<?> type = annotation.annotationType();
    return type.isAnnotationPresent(JacksonAnnotationsInside.class)
        ? List.of(type.getAnnotations())
        : List.of();
  }

  /**
   * Checks an annotation that is not read.
   *
   * @throws IllegalArgumentException if it is Jackson's and would change the JSON
   */
  private static void requireNoEffect(Annotation annotation, String place) {
    if (!isJackson(annotation)) {
      for (Annotation inside : bundled(annotation)) {
        requireNoEffect(inside, place);
      }
      return;
    }
    boolean harmless = annotation instanceof JacksonAnnotationsInside
        || annotation instanceof JsonClassDescription
        || annotation instanceof JsonTypeName
        || annotation instanceof JsonSubTypes
        || annotation instanceof JsonRootName
        || (annotation instanceof JsonInclude include && isAsEver(include))
        || (annotation instanceof JsonIgnore ignore && !ignore.value());
    if (!harmless) {
      throw refusal(annotation, place);
    }
  }

  /** Refuses an annotation at a place where it has no effect. */
  void requireNothing(Annotation annotation, String place) {
    if (name != null || !aliases.isEmpty() || description != null || required != null) {
      throw refusal(annotation, place);
    }
  }

  private static IllegalArgumentException refusal(Annotation annotation, String place) {
    return new IllegalArgumentException(place
        + " must not have @"
        + annotation.annotationType().getSimpleName()
        + ", which would change the JSON and is not supported; of Jackson's annotations"
        + " @JsonProperty, @JsonIgnore and @JsonAlias are, @JsonValue on enums, and @JsonTypeInfo"
        + " on sealed interfaces");
  }

  /** Whether only null and an empty Optional are left out, as the binder always does. */
  private static boolean isAsEver(JsonInclude include) {
    return (include.value() == JsonInclude.Include.NON_NULL
            || include.value() == JsonInclude.Include.NON_ABSENT)
        && include.content() == JsonInclude.Include.ALWAYS;
  }

  /** Checks the annotations of a class and its interfaces. */
  static void checkClass(Class<?> type, Set<Class<?>> interfaces) {
    List<Class<?>> all = new ArrayList<>(interfaces);
    all.add(type);
    for (Class<?> one : all) {
      for (Annotation annotation : one.getAnnotations()) {
        // Discriminator reads it
        boolean tags = annotation instanceof JsonTypeInfo && one.isSealed() && !type.isEnum();
        if (!tags) {
          requireNoEffect(annotation, type.getSimpleName());
        }
      }
    }
  }

  /**
   * Checks the annotations of a record outside its components.
   *
   * @throws IllegalArgumentException if Jackson would add or rename members, or create the record
   *     in another way
   */
  static void checkRecord(Constructor<?> canonical, Set<Class<?>> interfaces, Set<String> names) {
    Class<?> type = canonical.getDeclaringClass();
    checkClass(type, interfaces);
    List<Class<?>> all = new ArrayList<>(interfaces);
    all.add(type);
    for (Class<?> one : all) {
      for (Method method : one.getDeclaredMethods()) {
        boolean accessor = method.getParameterCount() == 0 && names.contains(method.getName());
        for (Annotation annotation : method.getAnnotations()) {
          // A method that only Jackson treats as a member needs no @JsonIgnore here
          if (!accessor && !(annotation instanceof JsonIgnore)) {
            requireNoEffect(annotation, type.getSimpleName() + "." + method.getName() + "()");
          }
        }
      }
    }
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      for (Annotation annotation : constructor.getAnnotations()) {
        boolean usual = constructor.equals(canonical)
            && annotation instanceof JsonCreator creator
            && (creator.mode() == JsonCreator.Mode.DEFAULT
                || creator.mode() == JsonCreator.Mode.PROPERTIES);
        if (!usual) {
          requireNoEffect(annotation, "the constructor of " + type.getSimpleName());
        }
      }
    }
  }

  /**
   * Requires that names differ.
   *
   * @param type the type that has them, for the message
   */
  static void requireDistinct(List<String> names, String type) {
    Set<String> seen = new HashSet<>();
    for (String one : names) {
      if (!seen.add(one)) {
        throw new IllegalArgumentException(type + " must not have the name \"" + one + "\" twice");
      }
    }
  }
}
