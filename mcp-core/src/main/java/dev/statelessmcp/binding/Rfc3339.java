package dev.statelessmcp.binding;

import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Dates, times and durations of RFC 3339, which the formats of JSON Schema use. They are both
 * narrower than those of {@code java.time} (years of four digits, required seconds, offsets in
 * minutes) and wider (leap seconds, fractions of any length, offsets of 23 hours).
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3339#section-5.6">Internet Date/Time Format</a>
 */
final class Rfc3339 {
  private static final int MAX_JAVA_OFFSET = 18 * 60;

  private Rfc3339() {}

  static boolean isDateTime(String text) {
    return text.length() > 11
        && isDate(text.substring(0, 10))
        && (text.charAt(10) == 'T' || text.charAt(10) == 't')
        && isTime(text.substring(11));
  }

  static boolean isDate(String text) {
    if (text.length() != 10 || text.charAt(4) != '-' || text.charAt(7) != '-') {
      return false;
    }
    int year = number(text, 0, 4);
    int month = number(text, 5, 7);
    int day = number(text, 8, 10);
    return year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= days(year, month);
  }

  private static int days(int year, int month) {
    if (month == 2) {
      return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
    }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
  }

  static boolean isTime(String text) {
    if (text.length() < 9 || text.charAt(2) != ':' || text.charAt(5) != ':') {
      return false;
    }
    int hour = number(text, 0, 2);
    int minute = number(text, 3, 5);
    int second = number(text, 6, 8);
    int zone = endOfFraction(text, 8);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) {
      return false;
    }
    if (!isOffset(text, zone)) {
      return false;
    }
    // A leap second is inserted at midnight, UTC
    int minuteOfDay = Math.floorMod(hour * 60 + minute - offset(text, zone), 24 * 60);
    return second < 60 || minuteOfDay == 24 * 60 - 1;
  }

  /** Returns where the digits of a fraction end; the start if there is none. */
  private static int endOfFraction(String text, int start) {
    if (start + 1 >= text.length()
        || text.charAt(start) != '.'
        || !Formats.isDigit(text.charAt(start + 1))) {
      return start;
    }
    int end = start + 1;
    while (end < text.length() && Formats.isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isOffset(String text, int at) {
    if (text.length() == at + 1) {
      return text.charAt(at) == 'Z' || text.charAt(at) == 'z';
    }
    if (text.length() != at + 6
        || (text.charAt(at) != '+' && text.charAt(at) != '-')
        || text.charAt(at + 3) != ':') {
      return false;
    }
    int hours = number(text, at + 1, at + 3);
    int minutes = number(text, at + 4, at + 6);
    return hours >= 0 && hours <= 23 && minutes >= 0 && minutes <= 59;
  }

  /** The minutes of a valid offset. */
  private static int offset(String text, int at) {
    if (text.length() == at + 1) {
      return 0;
    }
    int minutes = number(text, at + 1, at + 3) * 60 + number(text, at + 4, at + 6);
    return text.charAt(at) == '-' ? -minutes : minutes;
  }

  /** Parses a number of digits; -1 if there are other characters. */
  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      if (!Formats.isDigit(text.charAt(i))) {
        return -1;
      }
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }

  /**
   * Reads a valid date and time. A leap second is the first one of the next day, a fraction is cut
   * off after nanoseconds, and an offset of more than 18 hours, which Java does not have, becomes
   * UTC.
   *
   * @throws java.time.DateTimeException if Java refuses it
   */
  static OffsetDateTime dateTime(String text) {
    int second = number(text, 17, 19);
    int zone = endOfFraction(text, 19);
    int nanos = 0;
    for (int i = 20; i < 29; i++) {
      nanos = nanos * 10 + (i < zone ? text.charAt(i) - '0' : 0);
    }
    LocalDateTime local = LocalDateTime.of(
        number(text, 0, 4),
        number(text, 5, 7),
        number(text, 8, 10),
        number(text, 11, 13),
        number(text, 14, 16),
        Math.min(second, 59),
        nanos);
    if (second == 60) {
      local = local.plusSeconds(1);
    }
    int offset = offset(text, zone);
    return Math.abs(offset) <= MAX_JAVA_OFFSET
        ? local.atOffset(ZoneOffset.ofTotalSeconds(offset * 60))
        : local.minusMinutes(offset).atOffset(ZoneOffset.UTC);
  }

  /** RFC 3339, appendix A: {@code P1Y2M3DT4H5M6S}, without gaps, or {@code P1W}. */
  static boolean isDuration(String text) {
    if (text.length() < 3 || text.charAt(0) != 'P') {
      return false;
    }
    String units = "YMDTHMS";
    int next = 0; // the first unit that may follow
    boolean hasOne = false;
    int at = 1;
    while (at < text.length()) {
      if (text.charAt(at) == 'T') {
        if (next > 3) {
          return false;
        }
        next = 4;
        at++;
        hasOne = false; // one must follow
        continue;
      }
      int start = at;
      while (at < text.length() && Formats.isDigit(text.charAt(at))) {
        at++;
      }
      if (at == start || at == text.length()) {
        return false;
      }
      char unit = text.charAt(at++);
      if (unit == 'W') {
        return next == 0 && !hasOne && at == text.length();
      }
      int found = units.indexOf(unit, next);
      boolean date = next <= 3;
      if (found < 0 || (date && found > 2)) {
        return false;
      }
      // "P1Y3D" and "PT1H3S" leave out a unit between two others
      if (hasOne && found != next) {
        return false;
      }
      next = found + 1;
      hasOne = true;
    }
    return hasOne;
  }
}
