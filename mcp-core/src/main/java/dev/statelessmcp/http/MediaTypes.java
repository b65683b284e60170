package dev.statelessmcp.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Parses {@code Content-Type} and {@code Accept} headers. */
final class MediaTypes {
  static final String JSON = "application/json";
  static final String EVENT_STREAM = "text/event-stream";

  /** The {@code Accept} header of nearly all clients. */
  private static final String USUAL_ACCEPT = JSON + ", " + EVENT_STREAM;

  private MediaTypes() {}

  /** Whether the content is JSON in UTF-8, which is the only encoding that JSON has. */
  static boolean isJson(@Nullable String contentType) {
    if (JSON.equals(contentType)) {
      return true; // the value of nearly all clients
    }
    if (contentType == null || !type(contentType).equals(JSON)) {
      return false;
    }
    String charset = parameter(contentType, "charset");
    return charset == null
        || charset.equalsIgnoreCase("utf-8")
        || charset.equalsIgnoreCase("utf8"); // not a registered name, but many clients send it
  }

  /** Whether an {@code Accept} header allows a media type; without a header all are allowed. */
  static boolean accepts(@Nullable String accept, String mediaType) {
    if (accept == null || accept.isEmpty() || accept.equals(USUAL_ACCEPT)) {
      return true;
    }
    String family = mediaType.substring(0, mediaType.indexOf('/')) + "/*";
    int best = -1;
    boolean allowed = false;
    for (String range : accept.split(",", -1)) {
      String type = type(range);
      int precision =
          type.equals(mediaType) ? 2 : type.equals(family) ? 1 : type.equals("*/*") ? 0 : -1;
      if (precision > best) {
        best = precision;
        allowed = !isZero(parameter(range, "q"));
      }
    }
    return allowed;
  }

  private static boolean isZero(@Nullable String quality) {
    if (quality == null || !quality.startsWith("0")) {
      return false;
    }
    for (int i = 1; i < quality.length(); i++) {
      if (quality.charAt(i) != '0' && quality.charAt(i) != '.') {
        return false;
      }
    }
    return true;
  }

  private static String type(String value) {
    int end = value.indexOf(';');
    return (end < 0 ? value : value.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  private static @Nullable String parameter(String value, String name) {
    int start = semicolon(value, 0);
    while (start >= 0) {
      int end = semicolon(value, start + 1);
      String parameter = (end < 0 ? value.substring(start + 1) : value.substring(start + 1, end));
      int equals = parameter.indexOf('=');
      if (equals > 0 && parameter.substring(0, equals).strip().equalsIgnoreCase(name)) {
        return unquoted(parameter.substring(equals + 1).strip());
      }
      start = end;
    }
    return null;
  }

  /** The next semicolon outside quotation marks; -1 if there is none. */
  private static int semicolon(String value, int from) {
    boolean quoted = false;
    for (int i = from; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ';' && !quoted) {
        return i;
      }
    }
    return -1;
  }

  private static String unquoted(String text) {
    boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1) : text;
  }
}
