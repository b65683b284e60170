package dev.statelessmcp.json;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A JSON text and a position in it. Skips white space, reads strings and creates exceptions that
 * name line and column. For one thread.
 */
final class JsonText { // cold start
  /** Returned at the end of the text. */
  static final int END = -1;

  private static final String NOT_UTF_8 = "the text is not UTF-8";

  /** The length of an escape: a backslash, a u and four digits. */
  private static final int HEX_ESCAPE = 6;

  /** The length of the longest name that is remembered. */
  private static final int MAX_KNOWN_NAME = 64;

  /**
   * A cache of member names by their hash: messages repeat a few names, whose strings are a quarter
   * of the memory that reading a call allocates. Threads may overwrite each other's entries, which
   * only costs a string.
   */
  private static final String[] KNOWN_NAMES = new String[256];

  private final byte[] text;
  private final int start;
  private int position;
  private boolean hasLoneSurrogate;

  JsonText(byte[] utf8) {
    text = utf8;
    start = Utf8.startsWithMark(utf8) ? 3 : 0;
    position = start;
  }

  /** The current position: an index into the bytes. */
  int position() {
    return position;
  }

  /** The byte at the current position, or {@link #END}. */
  int current() {
    return position < text.length ? text[position] & 0xFF : END;
  }

  /** Skips white space and returns the byte after it, or {@link #END}. */
  int next() {
    int i = position;
    while (i < text.length && isBlank(text[i])) {
      i++;
    }
    position = i;
    return current();
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  /** Moves to the next byte. */
  void advance() {
    position++;
  }

  /** Moves to the next byte that is not a digit. */
  void skipDigits() {
    int i = position;
    while (i < text.length && text[i] >= '0' && text[i] <= '9') {
      i++;
    }
    position = i;
  }

  /** The digits from a position to the current one, as a number; at most 18 of them. */
  long digitsSince(int from) {
    long number = 0;
    for (int i = from; i < position; i++) {
      number = 10 * number + (text[i] - '0');
    }
    return number;
  }

  /** The text from a position to the current one, all of which must be ASCII. */
  String since(int from) {
    return new String(text, from, position - from, StandardCharsets.ISO_8859_1);
  }

  /** Reads the member name that starts at the current position. */
  String name() throws JsonSyntaxException {
    int first = position;
    int end = Math.min(text.length, first + 1 + MAX_KNOWN_NAME);
    int hash = 0;
    for (int i = first + 1; i < end && text[i] >= ' ' && text[i] != '\\'; i++) {
      if (text[i] == '"') {
        position = i + 1;
        return known(first + 1, i, hash);
      }
      hash = 31 * hash + text[i];
    }
    String name = string();
    if (hasLoneSurrogate) { // replaced, two different names would become equal
      throw failure(first, "a member name must not contain an unpaired surrogate");
    }
    return name;
  }

  /** The name between two positions, which must be ASCII. */
  private String known(int from, int to, int hash) {
    int slot = (hash ^ (hash >>> 16)) & (KNOWN_NAMES.length - 1);
    String name = KNOWN_NAMES[slot];
    if (name == null || !isAt(name, from, to)) {
      name = new String(text, from, to - from, StandardCharsets.ISO_8859_1);
      KNOWN_NAMES[slot] = name;
    }
    return name;
  }

  private boolean isAt(String name, int from, int to) {
    if (name.length() != to - from) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (name.charAt(i - from) != text[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Reads the string that starts at the current position. An unpaired surrogate, which UTF-8 cannot
   * encode, becomes the replacement character.
   */
  String string() throws JsonSyntaxException {
    hasLoneSurrogate = false;
    int first = position + 1;
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
          position = i;
          throw failure(i, c < 0 ? NOT_UTF_8 : character() + " in a string must be escaped");
        }
        i += length;
      }
    }
    if (i >= text.length) {
      throw tooShort();
    }
    position = i + 1;
    return escapes
        ? unescaped(first, i)
        : new String(text, first, i - first, StandardCharsets.UTF_8);
  }

  /** Whether an unpaired surrogate of the last string was replaced. */
  boolean hasLoneSurrogate() {
    return hasLoneSurrogate;
  }

  private String unescaped(int from, int to) throws JsonSyntaxException {
    byte[] plain = new byte[to - from]; // enough: an escape is longer than its character
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
          hasLoneSurrogate = true;
          c = Utf8.REPLACEMENT;
        }
        size = Utf8.put(c, plain, size);
      }
    }
    return new String(plain, 0, size, StandardCharsets.UTF_8);
  }

  private byte unescaped(int letter) throws JsonSyntaxException {
    switch (text[letter]) {
      case '"', '\\', '/':
        return text[letter];
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
        position = letter;
        throw unexpected("one of \"\\/bfnrtu");
    }
  }

  private int hex(int escape, int to) throws JsonSyntaxException {
    int value = 0;
    for (int i = escape + 2; i < escape + HEX_ESCAPE; i++) {
      int digit = i < to ? Character.digit(text[i], 16) : -1;
      if (digit < 0) {
        position = i;
        throw unexpected("a hexadecimal digit");
      }
      value = (value << 4) | digit;
    }
    return value;
  }

  /** An exception that says what was expected at the current position, and what was found. */
  JsonSyntaxException unexpected(String expected) {
    int c = current();
    if (c == END) {
      return tooShort();
    }
    if (c == 0) { // ASCII characters in UTF-16 have zero bytes
      return failure(position, "expected " + expected + ", found a zero byte (is it UTF-16?)");
    }
    if (c == 0x1F && position == start) {
      return failure(position, "expected " + expected + ", found U+001F (is it compressed?)");
    }
    if (c >= 0x80 && Utf8.lengthAt(text, position) == 0) {
      return failure(position, NOT_UTF_8);
    }
    return failure(position, "expected " + expected + ", found " + character());
  }

  private JsonSyntaxException tooShort() {
    return failure(text.length, "the text ends too early");
  }

  /** The current character, quoted if it is visible ASCII, otherwise such as U+00A0. */
  private String character() {
    int length = text[position] < 0 ? Utf8.lengthAt(text, position) : 1;
    int c = new String(text, position, length, StandardCharsets.UTF_8).codePointAt(0);
    if (c > ' ' && c < 0x7F) {
      return "'" + (char) c + "'";
    }
    String digits = Integer.toHexString(c).toUpperCase(Locale.ROOT);
    return "U+" + "0".repeat(Math.max(0, 4 - digits.length())) + digits;
  }

  /** An exception whose message ends with the line and column of a position. */
  JsonSyntaxException failure(int at, String message) {
    int line = 1;
    int column = 1;
    for (int i = start; i < at; i++) {
      if (text[i] == '\n') {
        line++;
        column = 1;
      } else if ((text[i] & 0xC0) != 0x80) { // the first byte of a character
        column++;
      }
    }
    return new JsonSyntaxException(message + " at line " + line + ", column " + column);
  }
}
