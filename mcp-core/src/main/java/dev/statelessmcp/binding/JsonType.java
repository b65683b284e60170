package dev.statelessmcp.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of a Java type: its schema, and how values are read and written. All values that
 * the schema accepts can be read, and a written value satisfies the schema or is a problem.
 * Implementations are immutable and thread-safe.
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
   * @param problems collects the problems; not null
   * @return the value; must not be used if a problem was added
   */
  @Nullable
  T read(JsonNode node, String place, Problems problems);

  /**
   * Writes a value. A value that the schema does not allow is a problem.
   *
   * @param value the value; not null
   * @param place the place of the value in messages, such as {@code structuredContent.sum}; not
   *     null
   * @param problems collects the problems; not null
   * @return the JSON; null for an empty {@code Optional}, and after some problems
   */
  @Nullable
  JsonNode write(T value, String place, Problems problems);

  /**
   * Writes a whole answer.
   *
   * @param value the value; not null
   * @return the JSON, which satisfies the schema; never null
   * @throws IllegalStateException if the value violates the schema; the message names the places
   */
  default JsonNode write(T value) {
    Problems problems = new Problems(false);
    JsonNode written = write(value, "structuredContent", problems);
    if (written == null || !problems.isEmpty()) {
      throw new IllegalStateException("the answer violates the output schema: " + problems);
    }
    return written;
  }

  /**
   * Returns the value to which a lenient reader converts a value, such as 5 for {@code "5"}.
   * Elements and members are not changed: their types convert them.
   *
   * @param node the JSON; not null
   * @return the value itself if the schema accepts it, or if it cannot be converted
   */
  default JsonNode meant(JsonNode node) {
    return node;
  }

  /**
   * Returns whether a value may be missing.
   *
   * @return true for optional types; false by default
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
   * @return an empty optional, or null (the default)
   */
  default @Nullable T missing() {
    return null;
  }

  /**
   * Returns whether the type has a value; a record that must contain itself has none.
   *
   * @param open the types that are already being checked; not null
   * @return true by default
   */
  default boolean hasValue(Set<JsonType<?>> open) {
    return true;
  }
}
