package dev.statelessmcp.json;

/**
 * Well-formed UTF-8. Jackson takes overlong forms and surrogates too, and what passed a gateway as
 * one text must not be read here as another.
 */
final class Utf8 {

  private Utf8() {}

  /** Whether bytes are UTF-8, by the table of RFC 3629. */
  static boolean isValid(byte[] text) {
    int i = 0;
    while (i < text.length) {
      if (text[i] >= 0) {
        i++;
        continue;
      }
      int length = lengthAt(text, i);
      if (length == 0) {
        return false;
      }
      i += length;
    }
    return true;
  }

  /** How many bytes the character has that begins here; 0 if none does. */
  private static int lengthAt(byte[] text, int at) {
    int first = text[at] & 0xFF;
    int second = at + 1 < text.length ? text[at + 1] & 0xFF : 0;
    if (first >= 0xC2 && first <= 0xDF) {
      return continues(text, at + 1, 1) ? 2 : 0;
    }
    if (first >= 0xE0 && first <= 0xEF) {
      boolean overlong = first == 0xE0 && second < 0xA0;
      boolean surrogate = first == 0xED && second > 0x9F;
      return !overlong && !surrogate && continues(text, at + 1, 2) ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
      boolean overlong = first == 0xF0 && second < 0x90;
      boolean beyond = first == 0xF4 && second > 0x8F;
      return !overlong && !beyond && continues(text, at + 1, 3) ? 4 : 0;
    }
    return 0;
  }

  private static boolean continues(byte[] text, int from, int count) {
    for (int i = from; i < from + count; i++) {
      if (i >= text.length || (text[i] & 0xC0) != 0x80) {
        return false;
      }
    }
    return true;
  }
}
