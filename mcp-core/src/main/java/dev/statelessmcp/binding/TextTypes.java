package dev.statelessmcp.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import java.util.function.Function;

/** Types that are strings in JSON, with a {@code format} if JSON Schema defines one. */
final class TextTypes {

  private TextTypes() {}

  /** Returns the JSON form of a class; null if this class does not cover it. */
  static JsonType<?> of(Class<?> type) {
    if (type == Instant.class) {
      // Any offset is accepted, since models rarely write Z
      return new TextType<>(
          "date-time",
          "a date and time such as 2026-07-28T12:00:00Z",
          text -> OffsetDateTime.parse(text).toInstant());
    }
    if (type == OffsetDateTime.class) {
      return new TextType<>(
          "date-time", "a date and time such as 2026-07-28T12:00:00+02:00", OffsetDateTime::parse);
    }
    if (type == LocalDate.class) {
      return new TextType<>("date", "a date such as 2026-07-28", LocalDate::parse);
    }
    if (type == LocalTime.class) {
      // The format "time" would require an offset (RFC 3339)
      return new TextType<>(null, "a time such as 12:00:00", LocalTime::parse);
    }
    if (type == LocalDateTime.class) {
      return new TextType<>(
          null, "a date and time such as 2026-07-28T12:00:00", LocalDateTime::parse);
    }
    if (type == Duration.class) {
      return new TextType<>("duration", "a duration such as PT15M", Duration::parse);
    }
    if (type == UUID.class) {
      return new TextType<>("uuid", "a UUID", TextTypes::uuid);
    }
    if (type == URI.class) {
      return new TextType<>("uri", "a URI", URI::create);
    }
    return null;
  }

  /** Parses a UUID strictly: {@code UUID.fromString} accepts 1-1-1-1-1 too. */
  private static UUID uuid(String text) {
    UUID uuid = UUID.fromString(text);
    if (text.length() != 36) {
      throw new IllegalArgumentException("a UUID has 36 characters");
    }
    return uuid;
  }

  private record TextType<T>(String format, String expected, Function<String, T> parser)
      implements JsonType<T> {

    @Override
    public ObjectNode schema() {
      ObjectNode schema = Json.object().put("type", "string");
      if (format != null) {
        schema.put("format", format);
      } else {
        schema.put("description", expected);
      }
      return schema;
    }

    @Override
    public T read(JsonNode node, String place, Problems problems) {
      if (node.isTextual()) {
        try {
          return parser.apply(node.textValue());
        } catch (DateTimeException | IllegalArgumentException e) {
          problems.add(place, "must be " + expected); // the text may be secret
          return null;
        }
      }
      return ScalarType.mismatch(node, expected, place, problems);
    }

    @Override
    public JsonNode write(T value) {
      // OffsetDateTime.toString() leaves out zero seconds, which RFC 3339 requires
      return Json.NODES.textNode(
          value instanceof OffsetDateTime time
              ? DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time)
              : value.toString());
    }
  }
}
