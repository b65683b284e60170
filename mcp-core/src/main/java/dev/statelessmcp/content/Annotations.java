package dev.statelessmcp.content;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hints about how to use a content block or a resource.
 *
 * @param audience the intended audience; empty if not set
 * @param priority the importance, from 0 to 1, or null
 * @param lastModified the time of the last change, or null
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/schema#annotations">Annotations</a>
 */
public record Annotations(
    Set<Role> audience, @Nullable Double priority, @Nullable Instant lastModified) {
  // cold start: seconds, since an Instant of a text loads a hundred classes that most calls need
  // not
  private static final long FIRST = -62_167_219_200L; // 0000-01-01T00:00:00Z
  private static final long AFTER_LAST = 253_402_300_800L; // 10000-01-01T00:00:00Z

  /**
   * Keeps a copy of the audience, and checks the priority.
   *
   * @param audience the intended audience; empty if not set
   * @param priority the importance, from 0 to 1, or null
   * @param lastModified the time of the last change, or null
   * @throws IllegalArgumentException if the priority is not from 0 to 1, or the time is not in the
   *     years 0000 to 9999
   */
  public Annotations {
    audience = Set.copyOf(audience);
    if (priority != null && !(priority >= 0 && priority <= 1)) {
      throw new IllegalArgumentException("priority must be from 0 to 1, was " + priority);
    }
    if (lastModified != null
        && (lastModified.getEpochSecond() < FIRST || lastModified.getEpochSecond() >= AFTER_LAST)) {
      throw new IllegalArgumentException(
          "lastModified must be in the years 0000 to 9999 (RFC 3339), was " + lastModified);
    }
  }

  /**
   * The wire form.
   *
   * @return a new object, without the hints that are not set
   */
  public ObjectNode toJson() {
    ObjectNode json = Json.object();
    if (!audience.isEmpty()) {
      ArrayNode array = json.putArray("audience");
      for (Role role : Role.values()) { // always in the same order
        if (audience.contains(role)) {
          array.add(role.toString());
        }
      }
    }
    if (priority != null) {
      json.put("priority", priority);
    }
    if (lastModified != null) {
      json.put("lastModified", lastModified.toString());
    }
    return json;
  }

  /**
   * Adds annotations to a definition, if there are any.
   *
   * @param annotations the annotations; may be null
   * @param definition the definition
   * @return the definition
   */
  public static ObjectNode addTo(@Nullable Annotations annotations, ObjectNode definition) {
    if (annotations != null) {
      definition.set("annotations", annotations.toJson());
    }
    return definition;
  }
}
