package dev.statelessmcp.binding;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The formats of JSON Schema. If the validators of clients disagree, a text is valid only if all
 * usual ones accept it, because a client discards an answer that its validator refuses: an e-mail
 * address, for example, has a domain with a dot and no quotes.
 *
 * @see <a href="https://json-schema.org/draft/2020-12/json-schema-validation#section-7.3">Defined
 *     Formats</a>
 */
final class Formats {
  private static final String UNRESERVED = "-._~";
  private static final String SUB_DELIMS = "!$&'()*+,;=";
  private static final String ATOM = "!#$%&'*+/=?^_`{|}~-";

  private Formats() {}

  /** Returns whether a text has a format. True for a format that is not known. */
  static boolean isValid(String format, String text) {
    return switch (format) {
      case "date-time" -> Rfc3339.isDateTime(text);
      case "date" -> Rfc3339.isDate(text);
      case "time" -> Rfc3339.isTime(text);
      case "duration" -> Rfc3339.isDuration(text);
      case "email" -> isEmail(text, false);
      case "idn-email" -> isEmail(text, true);
      case "hostname" -> isHostname(text, false);
      case "idn-hostname" -> isHostname(text, true);
      case "ipv4" -> isIpv4(text);
      case "ipv6" -> isIpv6(text);
      case "uri" -> isUri(text, false, false);
      case "uri-reference" -> isUri(text, true, false);
      case "iri" -> isUri(text, false, true);
      case "iri-reference" -> isUri(text, true, true);
      case "uuid" -> isUuid(text);
      case "uri-template" -> isUriTemplate(text);
      case "json-pointer" -> isJsonPointer(text);
      case "relative-json-pointer" -> isRelativeJsonPointer(text);
      case "regex" -> isRegex(text);
      default -> true;
    };
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isHex(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }

  private static boolean isAlphanumeric(char c, boolean international) {
    return isDigit(c)
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (international && c > 0x9F);
  }

  static boolean isUuid(String text) {
    if (text.length() != 36) {
      return false;
    }
    for (int i = 0; i < 36; i++) {
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      if (dash ? text.charAt(i) != '-' : !isHex(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isEmail(String text, boolean international) {
    int at = text.lastIndexOf('@');
    if (at < 1 || at > 64 || text.charAt(0) == '.' || text.charAt(at - 1) == '.') {
      return false;
    }
    for (int i = 0; i < at; i++) {
      char c = text.charAt(i);
      boolean dot = c == '.' && text.charAt(i - 1) != '.';
      if (!dot && ATOM.indexOf(c) < 0 && !isAlphanumeric(c, international)) {
        return false;
      }
    }
    String domain = text.substring(at + 1);
    return domain.indexOf('.') >= 0 && isHostname(domain, international);
  }

  private static boolean isHostname(String text, boolean international) {
    if (text.isEmpty() || text.length() > 253) {
      return false;
    }
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i == text.length() ? '.' : text.charAt(i);
      if (c == '.') {
        if (i == start
            || i - start > 63
            || text.charAt(start) == '-'
            || text.charAt(i - 1) == '-') {
          return false;
        }
        start = i + 1;
      } else if (c != '-' && !isAlphanumeric(c, international)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isIpv4(String text) {
    String[] parts = text.split("\\.", -1);
    for (String part : parts) {
      if (part.isEmpty() || part.length() > 3 || (part.length() > 1 && part.charAt(0) == '0')) {
        return false;
      }
      int value = 0;
      for (int i = 0; i < part.length(); i++) {
        if (!isDigit(part.charAt(i))) {
          return false;
        }
        value = value * 10 + part.charAt(i) - '0';
      }
      if (value > 255) {
        return false;
      }
    }
    return parts.length == 4;
  }

  private static boolean isIpv6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text, true) == 8;
    }
    int before = gap == 0 ? 0 : groups(text.substring(0, gap), false);
    int after = gap + 2 == text.length() ? 0 : groups(text.substring(gap + 2), true);
    return before >= 0 && after >= 0 && before + after <= 7;
  }

  /** Returns the number of 16-bit groups between single colons; -1 if there are others. */
  private static int groups(String text, boolean mayEndWithIpv4) {
    String[] parts = text.split(":", -1);
    int groups = 0;
    for (int i = 0; i < parts.length; i++) {
      String part = parts[i];
      if (mayEndWithIpv4 && i == parts.length - 1 && part.indexOf('.') >= 0) {
        return isIpv4(part) ? groups + 2 : -1;
      }
      if (part.isEmpty() || part.length() > 4) {
        return -1;
      }
      for (int c = 0; c < part.length(); c++) {
        if (!isHex(part.charAt(c))) {
          return -1;
        }
      }
      groups++;
    }
    return groups;
  }

  /** RFC 3986, and RFC 3987 if it is international. */
  private static boolean isUri(String text, boolean mayBeRelative, boolean international) {
    int colon = text.indexOf(':');
    int end = firstOf(text, 0, "/?#");
    boolean hasScheme = colon > 0 && colon < end && isScheme(text, colon);
    if (!hasScheme && (!mayBeRelative || (colon >= 0 && colon < end))) {
      return false; // the first segment of a relative path must not have a colon
    }
    int at = hasScheme ? colon + 1 : 0;
    if (text.startsWith("//", at)) {
      int path = firstOf(text, at + 2, "/?#");
      if (!isAuthority(text.substring(at + 2, path), international)) {
        return false;
      }
      at = path;
    }
    int query = firstOf(text, at, "?#");
    int fragment = firstOf(text, at, "#");
    return consistsOf(text, at, query, ":@/", international)
        && consistsOf(text, query, fragment, ":@/?", international)
        && consistsOf(
            text, Math.min(fragment + 1, text.length()), text.length(), ":@/?", international);
  }

  private static int firstOf(String text, int from, String chars) {
    int at = from;
    while (at < text.length() && chars.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  private static boolean isScheme(String text, int end) {
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      boolean inner = i > 0 && (isDigit(c) || c == '+' || c == '-' || c == '.');
      if (!inner && (isDigit(c) || !isAlphanumeric(c, false))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAuthority(String text, boolean international) {
    int host = text.lastIndexOf('@') + 1;
    if (host > 0 && !consistsOf(text, 0, host - 1, ":", international)) {
      return false;
    }
    int port;
    if (text.startsWith("[", host)) {
      int close = text.indexOf(']', host);
      if (close < 0 || !isIpv6(text.substring(host + 1, close))) {
        return false;
      }
      port = close + 1;
      if (port < text.length() && text.charAt(port) != ':') {
        return false;
      }
    } else {
      port = firstOf(text, host, ":");
      if (!consistsOf(text, host, port, "", international)) {
        return false;
      }
    }
    for (int i = port + 1; i < text.length(); i++) {
      if (!isDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether a part has only unreserved characters, sub-delimiters, escapes and those given. */
  private static boolean consistsOf(
      String text, int from, int to, String others, boolean international) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c == '%') {
        if (i + 2 >= to || !isHex(text.charAt(i + 1)) || !isHex(text.charAt(i + 2))) {
          return false;
        }
        i += 2;
      } else if (!isAlphanumeric(c, international)
          && UNRESERVED.indexOf(c) < 0
          && SUB_DELIMS.indexOf(c) < 0
          && others.indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  /** RFC 6570: every expression is closed, and has names. */
  private static boolean isUriTemplate(String text) {
    boolean inside = false;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '{' || c == '}') {
        if (inside == (c == '{') || (inside && i == start)) {
          return false;
        }
        inside = !inside;
        start = i + 1;
      } else if (c <= ' ' || c == '"' || c == '<' || c == '>' || c == '\\' || c == '^'
          || c == '`') {
        return false;
      } else if (c == '%' && !consistsOf(text, i, Math.min(i + 3, text.length()), "", false)) {
        return false;
      }
    }
    return !inside;
  }

  private static boolean isJsonPointer(String text) {
    if (!text.isEmpty() && text.charAt(0) != '/') {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '~'
          && (i + 1 == text.length() || (text.charAt(i + 1) != '0' && text.charAt(i + 1) != '1'))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isRelativeJsonPointer(String text) {
    int end = 0;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end > 0
        && (end == 1 || text.charAt(0) != '0')
        && (text.substring(end).equals("#") || isJsonPointer(text.substring(end)));
  }

  private static boolean isRegex(String text) {
    try {
      Pattern.compile(text);
      return true;
    } catch (PatternSyntaxException e) {
      return false;
    }
  }
}
