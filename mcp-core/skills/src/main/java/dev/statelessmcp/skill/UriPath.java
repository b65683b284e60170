package dev.statelessmcp.skill;

import java.nio.charset.StandardCharsets;

/** Converts paths of files to paths of URIs. */
final class UriPath {
  private static final String UNRESERVED_MARKS = "-._~";

  private UriPath() {}

  /** Encodes all characters except slashes and unreserved characters. */
  static String encode(String path) {
    StringBuilder encoded = new StringBuilder(path.length());
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain = (c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (c >= '0' && c <= '9')
          || c == '/'
          || UNRESERVED_MARKS.indexOf(c) >= 0;
      if (plain) {
        encoded.append(c);
      } else {
        encoded.append('%').append(hex(c >> 4)).append(hex(c & 0xf));
      }
    }
    return encoded.toString();
  }

  private static char hex(int digit) {
    return Character.toUpperCase(Character.forDigit(digit, 16));
  }
}
