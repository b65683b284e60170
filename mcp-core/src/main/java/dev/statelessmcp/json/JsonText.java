package dev.statelessmcp.json;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A JSON text and a place in it: white space, strings, and what is said of a mistake. */
final class JsonText {
  /** What stands at the end, where there is no byte. */
  static final int END = -1;

  private static final String NO_UTF_8 = "the text is not UTF-8";

  /** A backslash, a u, and four digits. */
  private static final int HEX_ESCAPE = 6;

  private final byte[] text;
  private final int start;
  private int at;
  private boolean halfPair;

  JsonText(byte[] utf8) {
    text = utf8;
    start = Utf8.startsWithMark(utf8) ? 3 : 0;
    at = start;
  }

  /** The place. */
  int at() {
    return at;
  }

  /** The byte that stands here. */
  int current() {
    return at < text.length ? text[at] & 0xFF : END;
  }

  /** The byte that stands here or, if that is white space, after it; the place goes there. */
  int next() {
    int i = at;
    while (i < text.length && isBlank(text[i])) {
      i++;
    }
    at = i;
    return current();
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  /** Goes on to the next byte. */
  void advance() {
    at++;
  }

  /** Goes on to what is no digit. */
  void skipDigits() {
    int i = at;
    while (i < text.length && text[i] >= '0' && text[i] <= '9') {
      i++;
    }
    at = i;
  }

  /** The number between a place and this one, of digits that a long has room for. */
  long digitsSince(int place) {
    long number = 0;
    for (int i = place; i < at; i++) {
      number = 10 * number + (text[i] - '0');
    }
    return number;
  }

  /** What stands between a place and this one, of which all is ASCII. */
  String since(int place) {
    return new String(text, place, at - place, StandardCharsets.ISO_8859_1);
  }

  /** The name of a member, which begins here; the place is after it then. */
  String name() throws JsonSyntaxException {
    int place = at;
    halfPair = false;
    String name = string();
    if (halfPair) { // two names that differ would be the same
      throw failure(place, "half of a surrogate pair is in the name of a member");
    }
    return name;
  }

  /**
   * The string that begins here; the place is after it then. Half of a surrogate pair, which UTF-8
   * cannot say, becomes the replacement character.
   */
  String string() throws JsonSyntaxException {
    int first = at + 1;
    boolean escapes = false;
    int i = first;
    while (i < text.length && text[i] != '"') {
      int c = text[i];
      if (c == '\\') {
        escapes = true;
        i++;
        if (i < text.length && (text[i] == '"' || text[i] == '\\')) {
          i++;
        }
      } else if (c >= ' ') {
        i++;
      } else {
        int length = c < 0 ? Utf8.lengthAt(text, i) : 0;
        if (length == 0) {
          at = i;
          throw failure(i, c < 0 ? NO_UTF_8 : character() + " in a string must be escaped");
        }
        i += length;
      }
    }
    if (i >= text.length) {
      throw tooShort();
    }
    at = i + 1;
    return escapes
        ? unescaped(first, i)
        : new String(text, first, i - first, StandardCharsets.UTF_8);
  }

  private String unescaped(int from, int to) throws JsonSyntaxException {
    byte[] plain = new byte[to - from]; // an escape is longer than what it stands for
    int size = 0;
    int i = from;
    while (i < to) {
      byte b = text[i];
      if (b != '\\') {
        plain[size++] = b;
        i++;
      } else if (text[i + 1] != 'u') {
        plain[size++] = unescaped(i + 1);
        i += 2;
      } else {
        int c = hex(i, to);
        i += HEX_ESCAPE;
        if (Character.isHighSurrogate((char) c)
            && i < to
            && text[i] == '\\'
            && text[i + 1] == 'u'
            && Character.isLowSurrogate((char) hex(i, to))) {
          c = Character.toCodePoint((char) c, (char) hex(i, to));
          i += HEX_ESCAPE;
        } else if (Character.isSurrogate((char) c)) {
          halfPair = true;
          c = Utf8.REPLACEMENT;
        }
        size = Utf8.put(c, plain, size);
      }
    }
    return new String(plain, 0, size, StandardCharsets.UTF_8);
  }

  private byte unescaped(int place) throws JsonSyntaxException {
    switch (text[place]) {
      case '"', '\\', '/':
        return text[place];
      case 'b':
        return '\b';
      case 'f':
        return '\f';
      case 'n':
        return '\n';
      case 'r':
        return '\r';
      case 't':
        return '\t';
      default:
        at = place;
        throw unexpected("one of \"\\/bfnrtu");
    }
  }

  private int hex(int escape, int to) throws JsonSyntaxException {
    int value = 0;
    for (int i = escape + 2; i < escape + HEX_ESCAPE; i++) {
      int digit = i < to ? Character.digit(text[i], 16) : -1;
      if (digit < 0) {
        at = i;
        throw unexpected("a hexadecimal digit");
      }
      value = (value << 4) | digit;
    }
    return value;
  }

  /** Something else than what is wanted stands here. */
  JsonSyntaxException unexpected(String wanted) {
    int c = current();
    if (c == END) {
      return tooShort();
    }
    if (c == 0) { // half of a character in UTF-16
      return failure(at, "expected " + wanted + ", found a zero byte (is it UTF-16?)");
    }
    if (c >= 0x80 && Utf8.lengthAt(text, at) == 0) {
      return failure(at, NO_UTF_8);
    }
    return failure(at, "expected " + wanted + ", found " + character());
  }

  private JsonSyntaxException tooShort() {
    return failure(text.length, "the text ends too early");
  }

  /** As somebody can read it who sees no difference between two kinds of spaces. */
  private String character() {
    int length = text[at] < 0 ? Utf8.lengthAt(text, at) : 1;
    int c = new String(text, at, length, StandardCharsets.UTF_8).codePointAt(0);
    if (c > ' ' && c < 0x7F) {
      return "'" + (char) c + "'";
    }
    String digits = Integer.toHexString(c).toUpperCase(Locale.ROOT);
    return "U+" + "0".repeat(Math.max(0, 4 - digits.length())) + digits;
  }

  /** Something is wrong with what stands at a place. */
  JsonSyntaxException failure(int place, String message) {
    int line = 1;
    int column = 1;
    for (int i = start; i < place; i++) {
      if (text[i] == '\n') {
        line++;
        column = 1;
      } else if ((text[i] & 0xC0) != 0x80) { // a character, and not the rest of one
        column++;
      }
    }
    return new JsonSyntaxException(message + " at line " + line + ", column " + column);
  }
}
