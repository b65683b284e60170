package dev.statelessmcp.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * Writes one tree as compact JSON. For one thread, used once.
 *
 * <p>Cold start: every generator of Jackson's initializes {@code JsonFactory}, and to verify that
 * class the JVM loads all parsers and generators. With them, a cold start on Lambda takes a
 * fifteenth longer.
 */
final class TreeWriter { // cold start

  /** More than the 1,000 levels that {@link JsonLimits} allows, because an envelope is added. */
  private static final int MAX_DEPTH = 1100;

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** The maximum number of bytes for a UTF-16 code unit: those of an escape. */
  private static final int MAX_BYTES = 6;

  /** The number of code units that are written between two checks of the buffer. */
  private static final int CHUNK = 256;

  /** The free space in a buffer that had to grow. */
  private static final int MARGIN = 256;

  private byte[] out = new byte[MARGIN];
  private int size;

  /** Writes a tree, in UTF-8. */
  byte[] write(JsonNode node) {
    value(node, 0);
    return Arrays.copyOf(out, size);
  }

  private void value(JsonNode node, int depth) {
    // Tests the class first: the JVM does not inline a method with many implementations
    if (node instanceof TextNode) {
      string(node.textValue());
    } else if (node instanceof ContainerNode) {
      if (depth == MAX_DEPTH) {
        throw new IllegalArgumentException(
            "the tree is nested more than " + MAX_DEPTH + " levels deep");
      }
      container(node, depth + 1);
    } else if (node.isNumber()) {
      ascii(number(node));
    } else if (node.isBoolean() || node.isNull()) {
      ascii(node.asText());
    } else if (node.isTextual() || node.isBinary()) {
      string(node.asText()); // for bytes: Base64 with padding
    } else {
      throw new IllegalArgumentException("not a JSON value: a node of type " + node.getNodeType());
    }
  }

  private void container(JsonNode node, int depth) {
    if (node instanceof FixedObject fixed) {
      byte[] text = fixed.text();
      reserve(text.length);
      System.arraycopy(text, 0, out, size, text.length);
      size += text.length;
    } else if (node instanceof ObjectNode) {
      char before = '{';
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        mark(before);
        string(member.getKey());
        mark(':');
        value(member.getValue(), depth);
        before = ',';
      }
      close(before, '{', '}');
    } else {
      reserveFixed(node);
      char before = '[';
      for (JsonNode element : node) {
        mark(before);
        value(element, depth);
        before = ',';
      }
      close(before, '[', ']');
    }
  }

  /** Reserves space for all elements with known text at once, such as the tools of a long list. */
  private void reserveFixed(JsonNode array) {
    int bytes = 0;
    for (JsonNode element : array) {
      if (!(element instanceof FixedObject fixed)) {
        return;
      }
      bytes = Math.addExact(bytes, fixed.text().length + 1);
    }
    reserve(bytes);
  }

  private void close(char before, char begin, char end) {
    if (before == begin) { // it is empty
      mark(begin);
    }
    mark(end);
  }

  private void mark(char c) {
    reserve(1);
    out[size++] = (byte) c;
  }

  private static String number(JsonNode node) {
    if (node.isBigDecimal()) {
      return node instanceof WrittenDecimal decimal
          ? decimal.written()
          : node.decimalValue().toString();
    }
    if (node.isBigInteger()) {
      return node.bigIntegerValue().toString();
    }
    if (node.isFloat()) {
      Json.requireFinite(node.floatValue());
      return Float.toString(node.floatValue());
    }
    if (node.isDouble()) {
      Json.requireFinite(node.doubleValue());
      return Double.toString(node.doubleValue());
    }
    long integer = node.longValue();
    // The class is compared first, so that MinusZero is not loaded for each 0
    return integer == 0 && node.getClass() != IntNode.class && node instanceof MinusZero
        ? MinusZero.WRITTEN
        : Long.toString(integer);
  }

  private void ascii(String text) {
    int length = text.length();
    reserve(length);
    for (int i = 0; i < length; i++) {
      out[size++] = (byte) text.charAt(i);
    }
  }

  private void string(String text) {
    int length = text.length();
    reserve(length + 2);
    out[size++] = '"';
    int begin = length > CHUNK && startsInAscii(text) ? encoded(text) : plain(text);
    for (int i = begin; i < length; ) {
      int end = Math.min(length, i + CHUNK);
      reserve((end - i) * MAX_BYTES + 1);
      i = chunk(text, i, end);
    }
    reserve(1);
    out[size++] = '"';
  }

  private static boolean startsInAscii(String text) {
    for (int i = 0; i < CHUNK; i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /**
   * Writes a long string if it is in ASCII: the JDK encodes it much faster than a loop does.
   * Returns how many characters are written, all or none.
   */
  private int encoded(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (utf8.length != text.length()) { // a character has more than one byte
      return 0;
    }
    int written = 0;
    for (int i = 0; i < utf8.length; i++) {
      byte b = utf8[i];
      if (b < ' ' || b == '"' || b == '\\' || b == '?') {
        char c = text.charAt(i);
        if (c != '?') {
          copy(utf8, written, i);
          written = i + 1;
          // The JDK writes ? for an unpaired surrogate; chunk does not
          size = c < 0x80 ? escape(c, out, size) : Utf8.put(Utf8.REPLACEMENT, out, size);
        }
      }
    }
    copy(utf8, written, utf8.length);
    return utf8.length;
  }

  /** Copies bytes, and reserves space for one more character. */
  private void copy(byte[] from, int begin, int end) {
    reserve(end - begin + MAX_BYTES);
    System.arraycopy(from, begin, out, size, end - begin);
    size += end - begin;
  }

  /** Writes the start of a string that needs no escapes; the buffer must have space for it. */
  private int plain(String text) {
    byte[] to = out;
    int at = size;
    int length = text.length();
    int i = 0;
    for (; i < length; i++) {
      char c = text.charAt(i);
      if (c < ' ' || c >= 0x80 || c == '"' || c == '\\') {
        break;
      }
      to[at++] = (byte) c;
    }
    size = at;
    return i;
  }

  /**
   * Writes a part of a string; the buffer must have space for it. Returns the index after it, which
   * is {@code end + 1} if a surrogate pair starts before {@code end}.
   */
  private int chunk(String text, int begin, int end) {
    byte[] to = out;
    int at = size;
    int i = begin;
    for (; i < end; i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c < 0x80 && c != '"' && c != '\\') {
        to[at++] = (byte) c;
      } else if (c < 0x80) {
        at = escape(c, to, at);
      } else if (!Character.isSurrogate(c)) {
        at = Utf8.put(c, to, at);
      } else if (i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1))) {
        i++;
        at = Utf8.put(Character.toCodePoint(c, text.charAt(i)), to, at);
      } else {
        // UTF-8 cannot encode an unpaired surrogate. A tool that cuts a text inside an emoji loses
        // a character, and not the whole answer.
        at = Utf8.put(Utf8.REPLACEMENT, to, at);
      }
    }
    size = at;
    return i;
  }

  /**
   * Writes an escape (<a href="https://www.rfc-editor.org/rfc/rfc8259#section-7">RFC 8259, 7</a>).
   */
  private static int escape(char c, byte[] to, int begin) {
    int at = begin;
    to[at++] = '\\';
    switch (c) {
      case '"', '\\' -> to[at++] = (byte) c;
      case '\b' -> to[at++] = 'b';
      case '\t' -> to[at++] = 't';
      case '\n' -> to[at++] = 'n';
      case '\f' -> to[at++] = 'f';
      case '\r' -> to[at++] = 'r';
      default -> {
        to[at++] = 'u';
        to[at++] = '0';
        to[at++] = '0';
        to[at++] = HEX[c >> 4];
        to[at++] = HEX[c & 0xF];
      }
    }
    return at;
  }

  private void reserve(int bytes) {
    int needed = Math.addExact(size, bytes);
    if (needed > out.length) {
      // A long text nearly fills the buffer, and the rest is usually short
      int withMargin = needed > Integer.MAX_VALUE - MARGIN ? needed : needed + MARGIN;
      out = Arrays.copyOf(out, Math.max(withMargin, out.length + (out.length >> 1)));
    }
  }
}
