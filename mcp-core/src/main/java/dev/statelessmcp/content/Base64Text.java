package dev.statelessmcp.content;

/** Checks Base64 from a handler: clients discard the whole result if it is malformed. */
final class Base64Text {
  private Base64Text() {}

  /**
   * Returns the text if it is Base64 with padding.
   *
   * @throws IllegalArgumentException if it has other characters, such as line breaks or the prefix
   *     of a {@code data:} URL, or lacks its padding
   */
  static String checked(String data, String what) {
    int length = data.length();
    int padding = data.endsWith("==") ? 2 : data.endsWith("=") ? 1 : 0;
    boolean valid = length % 4 == 0;
    for (int i = 0; valid && i < length - padding; i++) {
      char c = data.charAt(i);
      valid = (c >= 'A' && c <= 'Z')
          || (c >= 'a' && c <= 'z')
          || (c >= '0' && c <= '9')
          || c == '+'
          || c == '/';
    }
    if (!valid) {
      throw new IllegalArgumentException(what
          + " must be Base64 with its padding, without line breaks and without the beginning of a"
          + " data: URL");
    }
    return data;
  }
}
