package dev.statelessmcp.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A component of a record, as a member of a JSON object. Immutable.
 *
 * @param index its index among the parameters of the constructor
 * @param name the name of the member
 * @param aliases other names by which it is read
 * @param type the type of the value
 * @param required true if the member is required
 * @param constraints the constraints in addition to the type
 * @param defaultValue the value of a missing member; null for none
 * @param accessor the method that returns the value; of a parameter its method, which is not called
 *     since parameters are only read
 */
record Component(
    int index,
    String name,
    List<String> aliases,
    JsonType<Object> type,
    boolean required,
    Constraints constraints,
    @Nullable JsonNode defaultValue,
    Method accessor) {

  /** Adds the member to the properties of a schema. */
  void addTo(ObjectNode properties) {
    ObjectNode property = type.schema();
    constraints.addTo(property);
    properties.set(name, property);
  }

  /** Returns whether the member may have a name. */
  boolean isNamed(String given) {
    return name.equals(given) || aliases.contains(given);
  }

  /**
   * Finds the member in an object.
   *
   * @return null if it is missing
   */
  @Nullable
  JsonNode in(JsonNode object, String place, Problems problems) {
    JsonNode member = object.get(name);
    for (String alias : aliases) {
      JsonNode other = object.get(alias);
      if (other != null && member != null) {
        problems.add(place + "." + alias, "must not be given together with another name of it");
      }
      member = other == null ? member : other;
    }
    return member;
  }

  /**
   * Reads the member.
   *
   * @param found the member; null if it is missing
   * @return null if it is missing or after a problem
   */
  @Nullable
  Object read(@Nullable JsonNode found, String place, Problems problems) {
    JsonNode member = found == null ? null : problems.meant(type, !required, found);
    if (member != null && (!member.isNull() || (required && type.takesNull()))) {
      Object value = type.read(member, place, problems);
      constraints.check(member, place, problems);
      return value;
    }
    if (required) {
      problems.add(place, member == null ? "is required" : "must not be null");
      return null;
    }
    // An optional component has a value for "missing", so its default is only a hint
    return defaultValue == null ? type.missing() : type.read(defaultValue, place, problems);
  }

  /**
   * Writes the member.
   *
   * @return null if it must be left out, or after a problem
   */
  @Nullable
  JsonNode write(Object value, String place, Problems problems) {
    Object member = get(value);
    if (member == null) {
      if (required) {
        problems.add(
            place,
            "must not be null; declare " + label() + " Optional or @Nullable if it may be missing");
      }
      return null;
    }
    JsonNode written = type.write(member, place, problems);
    if (written != null) {
      constraints.check(written, place, problems);
    }
    return written;
  }

  private @Nullable Object get(Object record) {
    try {
      return accessor.invoke(record);
    } catch (InvocationTargetException | IllegalAccessException e) {
      throw new IllegalStateException("the accessor failed: " + label(), e);
    }
  }

  String label() {
    return accessor.getDeclaringClass().getSimpleName() + "." + accessor.getName();
  }
}
