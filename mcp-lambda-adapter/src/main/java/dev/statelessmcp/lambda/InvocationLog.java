package dev.statelessmcp.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.transport.FailureLog;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;

/**
 * Writes lines of JSON to the log of the function, in the form of Lambda's own structured logs, and
 * each with the id of its invocation. The runtime's formatter knows the id on its own thread alone,
 * and handlers run on another. Safe from any number of threads.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html">Log
 *     formats</a>
 */
final class InvocationLog implements FailureLog {
  private static final long DAY = 86_400_000;

  private final LambdaLogger logger; // null outside of Lambda
  private final String requestId;

  InvocationLog(Context context) {
    logger = context == null ? null : context.getLogger();
    String id = context == null ? null : context.getAwsRequestId();
    requestId = id == null ? "" : id;
  }

  /** Empty outside of Lambda. */
  String requestId() {
    return requestId;
  }

  /** The beginning of a line. */
  ObjectNode line(LogLevel level, String message) {
    ObjectNode line = Json.object();
    line.put("timestamp", utc(System.currentTimeMillis()));
    line.put("level", level.name());
    line.put("message", message);
    if (!requestId.isEmpty()) {
      line.put("AWSRequestId", requestId);
    }
    return line;
  }

  /** Writes a line; Lambda may be set to leave out those of lower levels. */
  void write(LogLevel level, ObjectNode line) {
    byte[] whole = terminated(line);
    if (logger != null) {
      logger.log(whole, level);
    } else {
      System.err.writeBytes(whole);
    }
  }

  /** Writes a line that is no message, and is not left out whatever the level. */
  void metrics(ObjectNode line) {
    if (logger != null) {
      logger.log(terminated(line));
    }
  }

  private static byte[] terminated(ObjectNode line) {
    byte[] json = Json.write(line);
    byte[] whole = Arrays.copyOf(json, json.length + 1);
    whole[json.length] = '\n';
    return whole;
  }

  void write(LogLevel level, String message) {
    write(level, line(level, message));
  }

  @Override
  public void log(String message, Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    ObjectNode line = line(LogLevel.ERROR, message);
    line.put("errorType", failure.getClass().getName());
    line.put("errorMessage", failure.getMessage());
    line.put("stackTrace", trace.toString());
    write(LogLevel.ERROR, line);
  }

  /**
   * An instant in UTC. By hand, since java.time is a part of a cold start that nothing else needs;
   * years are counted from March, so that the leap day is the last of one.
   */
  static String utc(long epochMillis) {
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
