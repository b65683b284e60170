package dev.statelessmcp.json;

/**
 * Encodes and checks UTF-8 strictly by RFC 3629. Overlong forms and encoded surrogates are refused:
 * a gateway may have read another text.
 */
final class Utf8 {
  /** Replaces characters that UTF-8 cannot encode. */
  static final int REPLACEMENT = 0xFFFD;

  private Utf8() {}

  /**
   * Returns whether a text starts with a byte order mark, which a parser "MAY ignore" (RFC 8259,
   * 8.1).
   */
  static boolean startsWithMark(byte[] text) {
    return text.length >= 3
        && text[0] == (byte) 0xEF
        && text[1] == (byte) 0xBB
        && text[2] == (byte) 0xBF;
  }

  /** The length in bytes of the non-ASCII character at an index; 0 if it is not valid UTF-8. */
  static int lengthAt(byte[] text, int index) {
    int first = text[index] & 0xFF;
    int second = index + 1 < text.length ? text[index + 1] & 0xFF : 0;
    if (first >= 0xC2 && first <= 0xDF) {
      return continues(text, index, 2) ? 2 : 0;
    }
    if (first >= 0xE0 && first <= 0xEF) {
      boolean overlong = first == 0xE0 && second < 0xA0;
      boolean surrogate = first == 0xED && second > 0x9F;
      return !overlong && !surrogate && continues(text, index, 3) ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
      boolean overlong = first == 0xF0 && second < 0x90;
      boolean beyond = first == 0xF4 && second > 0x8F;
      return !overlong && !beyond && continues(text, index, 4) ? 4 : 0;
    }
    return 0;
  }

  private static boolean continues(byte[] text, int index, int length) {
    if (index + length > text.length) {
      return false;
    }
    for (int i = index + 1; i < index + length; i++) {
      if ((text[i] & 0xC0) != 0x80) {
        return false;
      }
    }
    return true;
  }

  /**
   * Writes a code point that is not a surrogate (<a
   * href="https://www.rfc-editor.org/rfc/rfc3629#section-3">RFC 3629, 3</a>).
   *
   * @return the index after it
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
