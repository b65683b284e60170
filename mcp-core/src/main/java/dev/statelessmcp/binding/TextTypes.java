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

/** Types that are strings in JSON, with a {@code format} where JSON Schema knows one. */
final class TextTypes {

  private TextTypes() {}

  /** The JSON form of a class; null if it is none of these. */
  static JsonType<?> of(Class<?> type) {
    if (type == Instant.class) {
      // With any offset, since models rarely write Z
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
      // "time" would demand an offset (RFC 3339)
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

  /** {@code UUID.fromString} takes 1-1-1-1-1 too. */
  private static UUID uuid(String text) {
    UUID uuid = UUID.fromString(text);
    if (text.length() != 36) {
      throw new IllegalArgumentException("no UUID");
    }
    return uuid;
  }

  private record TextType<T>(String format, String wanted, Function<String, T> parser)
      implements JsonType<T> {

    @Override
    public ObjectNode schema() {
      ObjectNode schema = Json.object().put("type", "string");
      if (format != null) {
        schema.put("format", format);
      } else {
        schema.put("description", wanted);
      }
      return schema;
    }

    @Override
    public T read(JsonNode node, String place, Problems problems) {
      if (node.isTextual()) {
        try {
          return parser.apply(node.textValue());
        } catch (DateTimeException | IllegalArgumentException e) {
          return problems.add(place, "must be " + wanted);
        }
      }
      return ScalarType.wrong(node, wanted, place, problems);
    }

    @Override
    public JsonNode write(T value) {
      // OffsetDateTime.toString() leaves out the seconds, which RFC 3339 wants
      return Json.NODES.textNode(
          value instanceof OffsetDateTime time
              ? DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time)
              : value.toString());
    }
  }
}
