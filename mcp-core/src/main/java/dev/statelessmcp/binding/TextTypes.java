package dev.statelessmcp.binding;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The types that are strings in JSON, each in a class that is loaded only when it is used. */
final class TextTypes {
  private static final String DATE_TIME = "date-time";

  private TextTypes() {}

  /** Returns the JSON form of a class; null if this class does not cover it. */
  static @Nullable TextType<?> of(Class<?> type) {
    if (type == Instant.class) {
      return new InstantType();
    }
    if (type == OffsetDateTime.class) {
      return new OffsetDateTimeType();
    }
    if (type == LocalDate.class) {
      return new LocalDateType();
    }
    if (type == UUID.class) {
      return new UuidType();
    }
    if (type == URI.class) {
      return new UriType();
    }
    if (type == Duration.class) {
      return new DurationType();
    }
    if (type == LocalTime.class) {
      return new LocalTimeType();
    }
    if (type == LocalDateTime.class) {
      return new LocalDateTimeType();
    }
    if (type == ZonedDateTime.class) {
      return new ZonedDateTimeType();
    }
    if (type == YearMonth.class) {
      return new YearMonthType();
    }
    if (type == Period.class) {
      return new PeriodType();
    }
    return type == ZoneId.class ? new ZoneIdType() : null;
  }

  private static OffsetDateTime dateTime(String text) {
    return Rfc3339.isDateTime(text) ? Rfc3339.dateTime(text) : OffsetDateTime.parse(text);
  }

  private static final class InstantType extends TextType<Instant> {
    InstantType() {
      super(DATE_TIME, "a date and time such as 2026-07-28T12:00:00Z");
    }

    /** Any offset is accepted, since models rarely write Z. */
    @Override
    Instant parse(String text) {
      return dateTime(text).toInstant();
    }
  }

  private static final class OffsetDateTimeType extends TextType<OffsetDateTime> {
    OffsetDateTimeType() {
      super(DATE_TIME, "a date and time such as 2026-07-28T12:00:00+02:00");
    }

    @Override
    OffsetDateTime parse(String text) {
      return dateTime(text);
    }

    /** RFC 3339 has no seconds of an offset, and requires those of the time. */
    @Override
    String print(OffsetDateTime value) {
      int seconds = value.getOffset().getTotalSeconds();
      OffsetDateTime whole = seconds % 60 == 0
          ? value
          : value.withOffsetSameInstant(ZoneOffset.ofTotalSeconds(seconds / 60 * 60));
      return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(whole);
    }
  }

  private static final class LocalDateType extends TextType<LocalDate> {
    LocalDateType() {
      super("date", "a date such as 2026-07-28");
    }

    @Override
    LocalDate parse(String text) {
      return LocalDate.parse(text);
    }
  }

  private static final class UuidType extends TextType<UUID> {
    UuidType() {
      super("uuid", "a UUID");
    }

    /** {@code UUID.fromString} accepts 1-1-1-1-1 too. */
    @Override
    UUID parse(String text) {
      String uuid = text.startsWith("urn:uuid:") ? text.substring(9) : text;
      if (!Formats.isUuid(uuid)) {
        throw new IllegalArgumentException("a UUID has 36 characters");
      }
      return UUID.fromString(uuid);
    }
  }

  /** A URI may be relative in Java, so its format is that of references. */
  private static final class UriType extends TextType<URI> {
    UriType() {
      super("uri-reference", "a URI");
    }

    @Override
    URI parse(String text) {
      return URI.create(text);
    }

    /** Java allows brackets in a query, RFC 3986 only around an address. */
    @Override
    String print(URI value) {
      String text = value.toASCIIString();
      String end = value.isOpaque() ? text : text.substring(endOfPath(text));
      return end.indexOf('[') < 0 && end.indexOf(']') < 0
          ? text
          : text.substring(0, text.length() - end.length())
              + end.replace("[", "%5B").replace("]", "%5D");
    }

    private static int endOfPath(String text) {
      int end = 0;
      while (end < text.length() && text.charAt(end) != '?' && text.charAt(end) != '#') {
        end++;
      }
      return end;
    }
  }

  /** RFC 3339 has no fractions and signs, so there is no format. */
  private static final class DurationType extends TextType<Duration> {
    DurationType() {
      super(null, "a duration such as PT15M");
    }

    @Override
    Duration parse(String text) {
      if (text.endsWith("W")) { // a week has a length, a month and a year have none
        Period weeks = Period.parse(text);
        if (weeks.toTotalMonths() == 0) {
          return Duration.ofDays(weeks.get(ChronoUnit.DAYS));
        }
      }
      return Duration.parse(text);
    }
  }

  /** The format {@code time} would require an offset (RFC 3339). */
  private static final class LocalTimeType extends TextType<LocalTime> {
    LocalTimeType() {
      super(null, "a time such as 12:00:00");
    }

    @Override
    LocalTime parse(String text) {
      return LocalTime.parse(text);
    }
  }

  private static final class LocalDateTimeType extends TextType<LocalDateTime> {
    LocalDateTimeType() {
      super(null, "a date and time such as 2026-07-28T12:00:00");
    }

    @Override
    LocalDateTime parse(String text) {
      return LocalDateTime.parse(text);
    }
  }

  /** The zone is in brackets, as in RFC 9557; JSON Schema has no format for that. */
  private static final class ZonedDateTimeType extends TextType<ZonedDateTime> {
    ZonedDateTimeType() {
      super(null, "a date and time such as 2026-07-28T12:00:00+02:00[Europe/Berlin]");
    }

    @Override
    ZonedDateTime parse(String text) {
      return ZonedDateTime.parse(text);
    }

    @Override
    String print(ZonedDateTime value) {
      return DateTimeFormatter.ISO_ZONED_DATE_TIME.format(value);
    }
  }

  private static final class YearMonthType extends TextType<YearMonth> {
    YearMonthType() {
      super(null, "a month such as 2026-07");
    }

    @Override
    YearMonth parse(String text) {
      return YearMonth.parse(text);
    }

    /** {@code YearMonth.toString} leaves out the sign that its parser requires. */
    @Override
    String print(YearMonth value) {
      return value.getYear() > 9999 ? "+" + value : value.toString();
    }
  }

  private static final class PeriodType extends TextType<Period> {
    PeriodType() {
      super(null, "a period such as P1Y2M10D");
    }

    @Override
    Period parse(String text) {
      return Period.parse(text);
    }
  }

  private static final class ZoneIdType extends TextType<ZoneId> {
    ZoneIdType() {
      super(null, "a time zone such as Europe/Berlin");
    }

    @Override
    ZoneId parse(String text) {
      return ZoneId.of(text);
    }
  }
}
