package dev.statelessmcp.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How one Java type looks in JSON: its schema, and the way in and out. Immutable and safe from any
 * number of threads.
 *
 * @param <T> the Java type
 */
public interface JsonType<T> {

  /**
   * The schema, in JSON Schema 2020-12.
   *
   * @return a new object
   */
  ObjectNode schema();

  /**
   * Reads a value.
   *
   * @param node the JSON; not null, and no JSON null unless {@link #takesNull()}
   * @param place where it stands, for problems
   * @param problems takes what is wrong
   * @return the value; without meaning if something was wrong
   */
  T read(JsonNode node, String place, Problems problems);

  /**
   * Writes a value.
   *
   * @param value the value; not null
   * @return the JSON; null if the value is to be left out (an empty {@code Optional})
   */
  JsonNode write(T value);

  /**
   * Whether a value may be missing.
   *
   * @return true for {@code Optional} and its kin
   */
  default boolean isOptional() {
    return false;
  }

  /**
   * Whether JSON's null is a value of the type.
   *
   * @return true if {@link #read} takes it
   */
  default boolean takesNull() {
    return isOptional();
  }

  /**
   * The value of a missing member.
   *
   * @return an empty {@code Optional}, or null
   */
  default T missing() {
    return null;
  }
}
