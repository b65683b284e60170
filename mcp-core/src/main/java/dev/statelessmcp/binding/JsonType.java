package dev.statelessmcp.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The JSON form of a Java type: its schema, and how values are read and written. Implementations
 * are immutable and thread-safe.
 *
 * @param <T> the Java type
 */
public interface JsonType<T> {

  /**
   * Returns the schema, in JSON Schema 2020-12.
   *
   * @return a new object that the caller may change
   */
  ObjectNode schema();

  /**
   * Reads a value.
   *
   * @param node the JSON; not null, and not JSON {@code null} unless {@link #takesNull()}
   * @param place the place of the value in messages, such as {@code arguments.quantity}; not null
   * @param problems collects what is wrong; not null
   * @return the value; not to be used if a problem was added
   */
  T read(JsonNode node, String place, Problems problems);

  /**
   * Writes a value.
   *
   * @param value the value; not null
   * @return the JSON; null if the member must be left out (an empty {@code Optional})
   * @throws IllegalStateException if the value contains null where its schema does not allow it
   */
  JsonNode write(T value);

  /**
   * Returns whether a value may be missing.
   *
   * @return true for {@code Optional}, {@code OptionalInt} and the like; false by default
   */
  default boolean isOptional() {
    return false;
  }

  /**
   * Returns whether JSON {@code null} is a value of the type.
   *
   * @return true if {@link #read} accepts it; by default the same as {@link #isOptional()}
   */
  default boolean takesNull() {
    return isOptional();
  }

  /**
   * Returns the value of a missing member.
   *
   * @return an empty {@code Optional} or the like; null by default
   */
  default T missing() {
    return null;
  }
}
