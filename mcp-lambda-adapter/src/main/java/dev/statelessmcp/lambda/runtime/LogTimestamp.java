package dev.statelessmcp.lambda.runtime;

/**
 * Formats times as Lambda's own log lines have them: in UTC, with milliseconds. Written by hand,
 * because nothing else in a cold start needs the formatting of java.time. Years are counted from
 * March, so that a leap day is the last day of a year.
 */
public final class LogTimestamp { // cold start
  private static final long DAY = 86_400_000;

  private LogTimestamp() {}

  /**
   * Formats a time.
   *
   * @param epochMillis in milliseconds since 1970, in a year from 0 to 9999
   * @return such as {@code 2026-07-28T09:30:00.000Z}
   */
  public static String of(long epochMillis) {
    int ofDay = (int) Math.floorMod(epochMillis, DAY);
    int day = (int) Math.floorDiv(epochMillis, DAY) + 719_468; // since 1 March of the year 0
    int century = Math.floorDiv(day, 146_097); // four of them, which repeat
    int dayOf400 = day - century * 146_097;
    int year = (dayOf400 - dayOf400 / 1460 + dayOf400 / 36_524 - dayOf400 / 146_096) / 365;
    int dayOfYear = dayOf400 - (365 * year + year / 4 - year / 100);
    int month = (5 * dayOfYear + 2) / 153; // 0 is March
    int dayOfMonth = dayOfYear - (153 * month + 2) / 5 + 1;
    int calendarMonth = month < 10 ? month + 3 : month - 9;
    int calendarYear = year + 400 * century + (calendarMonth <= 2 ? 1 : 0);
    StringBuilder text = new StringBuilder(24);
    digits(text, calendarYear, 1000).append('-');
    digits(text, calendarMonth, 10).append('-');
    digits(text, dayOfMonth, 10).append('T');
    digits(text, ofDay / 3_600_000, 10).append(':');
    digits(text, ofDay / 60_000 % 60, 10).append(':');
    digits(text, ofDay / 1000 % 60, 10).append('.');
    return digits(text, ofDay % 1000, 100).append('Z').toString();
  }

  private static StringBuilder digits(StringBuilder text, int number, int first) {
    for (int place = first; place > 0; place /= 10) {
      text.append((char) ('0' + number / place % 10));
    }
    return text;
  }
}
