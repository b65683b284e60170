package dev.statelessmcp.json;

/**
 * UTF-8 by the table of RFC 3629, and nothing else: what passed a gateway as one text must not be
 * read here as another, as overlong forms and surrogates would be by a lax reader.
 */
final class Utf8 {
  /** Stands for what UTF-8 cannot say. */
  static final int REPLACEMENT = 0xFFFD;

  private Utf8() {}

  /** RFC 8259, 8.1: a parser "MAY ignore the presence of a byte order mark". */
  static boolean startsWithMark(byte[] text) {
    return text.length >= 3
        && text[0] == (byte) 0xEF
        && text[1] == (byte) 0xBB
        && text[2] == (byte) 0xBF;
  }

  /** How many bytes the character beyond ASCII has that begins at a place; 0 if none does. */
  static int lengthAt(byte[] text, int place) {
    int first = text[place] & 0xFF;
    int second = place + 1 < text.length ? text[place + 1] & 0xFF : 0;
    if (first >= 0xC2 && first <= 0xDF) {
      return continues(text, place, 2) ? 2 : 0;
    }
    if (first >= 0xE0 && first <= 0xEF) {
      boolean overlong = first == 0xE0 && second < 0xA0;
      boolean surrogate = first == 0xED && second > 0x9F;
      return !overlong && !surrogate && continues(text, place, 3) ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
      boolean overlong = first == 0xF0 && second < 0x90;
      boolean beyond = first == 0xF4 && second > 0x8F;
      return !overlong && !beyond && continues(text, place, 4) ? 4 : 0;
    }
    return 0;
  }

  private static boolean continues(byte[] text, int place, int length) {
    if (place + length > text.length) {
      return false;
    }
    for (int i = place + 1; i < place + length; i++) {
      if ((text[i] & 0xC0) != 0x80) {
        return false;
      }
    }
    return true;
  }

  /**
   * Writes a character, which is no half of a surrogate pair, by <a
   * href="https://www.rfc-editor.org/rfc/rfc3629#section-3">RFC 3629, 3</a>.
   *
   * @return where the next one goes
   */
  static int put(int c, byte[] out, int size) {
    int i = size;
    if (c < 0x80) {
      out[i++] = (byte) c;
      return i;
    }
    if (c < 0x800) {
      out[i++] = (byte) (0xC0 | (c >> 6));
    } else if (c < 0x10000) {
      out[i++] = (byte) (0xE0 | (c >> 12));
      out[i++] = continuation(c >> 6);
    } else {
      out[i++] = (byte) (0xF0 | (c >> 18));
      out[i++] = continuation(c >> 12);
      out[i++] = continuation(c >> 6);
    }
    out[i++] = continuation(c);
    return i;
  }

  private static byte continuation(int bits) {
    return (byte) (0x80 | (bits & 0x3F));
  }
}
