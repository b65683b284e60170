package dev.statelessmcp.binding;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.OptBoolean;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The member that names the record of a sealed interface, and its values. Without annotations the
 * member is {@code kind}, and the name of a record its simple name with the first letter in lower
 * case. Of Jackson's {@code @JsonTypeInfo} the form {@code NAME} and {@code PROPERTY} is supported.
 */
final class Discriminator {
  private static final String MEMBER = "kind";

  /** Jackson's own default for names. */
  private static final String JACKSON_MEMBER = "@type";

  private final String member;
  private final boolean annotated;

  private Discriminator(String member, boolean annotated) {
    this.member = member;
    this.annotated = annotated;
  }

  /** The discriminator of a sealed interface. */
  static Discriminator of(Class<?> type) {
    Discriminator annotated = annotated(type);
    return annotated == null ? new Discriminator(MEMBER, false) : annotated;
  }

  /**
   * The discriminator from {@code @JsonTypeInfo} on a sealed interface, for the interface and all
   * types that implement it.
   *
   * @return null if there is no such annotation
   */
  static @Nullable Discriminator annotated(Class<?> type) {
    Set<Class<?>> all = new LinkedHashSet<>();
    all.add(type);
    all.addAll(ComponentAnnotations.interfaces(type));
    Discriminator found = null;
    for (Class<?> one : all) {
      JsonTypeInfo info = one.getAnnotation(JsonTypeInfo.class);
      if (info != null && one.isSealed()) {
        Discriminator other = of(info, one.getSimpleName());
        if (found != null && !found.member.equals(other.member)) {
          throw new IllegalArgumentException(type.getSimpleName()
              + " must have one @JsonTypeInfo, had the properties \""
              + found.member
              + "\" and \""
              + other.member
              + "\"");
        }
        found = other;
      }
    }
    return found;
  }

  private static Discriminator of(JsonTypeInfo info, String place) {
    if (info.use() != JsonTypeInfo.Id.NAME
        || info.include() != JsonTypeInfo.As.PROPERTY
        || info.defaultImpl() != JsonTypeInfo.class
        || info.visible()
        || info.requireTypeIdForSubtypes() == OptBoolean.FALSE) {
      throw new IllegalArgumentException(place
          + " must have @JsonTypeInfo(use = NAME, property = …) without other settings, which are"
          + " not supported");
    }
    return new Discriminator(info.property().isEmpty() ? JACKSON_MEMBER : info.property(), true);
  }

  String member() {
    return member;
  }

  /**
   * The tag of a record.
   *
   * @throws IllegalArgumentException if Jackson's annotations set two names, or a
   *     {@code @JsonTypeInfo} but no name
   */
  Tag tag(Class<?> record) {
    String name = null;
    for (Class<?> one : ComponentAnnotations.interfaces(record)) {
      String other = subType(one, record);
      if (name != null && other != null && !name.equals(other)) {
        throw new IllegalArgumentException(record.getSimpleName()
            + " must have one name in @JsonSubTypes, had \""
            + name
            + "\" and \""
            + other
            + "\"");
      }
      name = other == null ? name : other;
    }
    JsonTypeName own = record.getAnnotation(JsonTypeName.class);
    if (name == null && own != null && !own.value().isEmpty()) {
      name = own.value();
    }
    if (name == null && annotated) {
      throw new IllegalArgumentException(record.getSimpleName()
          + " must have a name in @JsonSubTypes, or @JsonTypeName, because its interface has"
          + " @JsonTypeInfo");
    }
    return new Tag(member, name == null ? lowerCase(record.getSimpleName()) : name);
  }

  /** The name of a record in the {@code @JsonSubTypes} of an interface; null if it has none. */
  private static @Nullable String subType(Class<?> type, Class<?> record) {
    JsonSubTypes subTypes = type.getAnnotation(JsonSubTypes.class);
    if (subTypes == null || !type.isSealed()) {
      return null;
    }
    String name = null;
    for (JsonSubTypes.Type one : subTypes.value()) {
      String place = type.getSimpleName() + ": @JsonSubTypes of " + one.value().getSimpleName();
      if (one.names().length > 0) {
        throw new IllegalArgumentException(place + " must have name and not names");
      }
      if (!type.isAssignableFrom(one.value())) {
        throw new IllegalArgumentException(place + " must be of a class that implements it");
      }
      if (!one.value().isRecord() && !one.name().isEmpty()) {
        throw new IllegalArgumentException(place + " must be a record to have a name");
      }
      if (one.value() == record && !one.name().isEmpty()) {
        name = one.name();
      }
    }
    return name;
  }

  /** The name with the first letter in lower case: "Circle" becomes "circle"; "URL" is kept. */
  private static String lowerCase(String name) {
    boolean acronym = name.length() > 1 && Character.isUpperCase(name.charAt(1));
    return acronym ? name : Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }
}
