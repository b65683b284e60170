package dev.statelessmcp.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * Writes one tree as compact JSON.
 *
 * <p>Jackson has generators for this, but each of them initializes {@code JsonFactory}, and to
 * verify that class the JVM loads every parser and generator there is. With all of them, a cold
 * start on Lambda takes a fifteenth longer.
 */
final class TreeWriter {

  /** More than what was read has, in an envelope. */
  private static final int MAX_DEPTH = 1100;

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** The most bytes that a character takes, which is an escaped one. */
  private static final int MOST = 6;

  private byte[] out = new byte[512];
  private int size;

  /** The JSON of a tree, in UTF-8. */
  byte[] write(JsonNode node) {
    value(node, 0);
    return Arrays.copyOf(out, size);
  }

  private void value(JsonNode node, int depth) {
    if (node.isTextual()) {
      string(node.textValue());
    } else if (node.isContainerNode()) {
      if (depth == MAX_DEPTH) {
        throw new IllegalArgumentException("the tree nests deeper than " + MAX_DEPTH + " levels");
      }
      container(node, depth + 1);
    } else if (node.isNumber()) {
      ascii(number(node));
    } else if (node.isBoolean() || node.isNull()) {
      ascii(node.asText());
    } else if (node.isBinary()) {
      string(node.asText()); // Base64, with padding
    } else {
      throw new IllegalArgumentException("no JSON value: " + node.getNodeType());
    }
  }

  private void container(JsonNode node, int depth) {
    if (node.isObject()) {
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
      char before = '[';
      for (JsonNode element : node) {
        mark(before);
        value(element, depth);
        before = ',';
      }
      close(before, '[', ']');
    }
  }

  private void close(char before, char begin, char end) {
    if (before == begin) { // nothing was in it
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
      return node.decimalValue().toString();
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
    return Long.toString(node.longValue());
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
    for (int i = plain(text, 0); i < length; i = plain(text, i + 1)) {
      char c = text.charAt(i);
      reserve(length - i + MOST);
      if (c < ' ' || c == '"' || c == '\\') {
        escape(c);
      } else if (!Character.isSurrogate(c)) {
        encode(c);
      } else if (i + 1 < length && Character.isSurrogatePair(c, text.charAt(i + 1))) {
        encode(Character.toCodePoint(c, text.charAt(++i)));
      } else {
        // UTF-8 cannot carry it: a tool that cuts a text in the middle of an emoji shall lose a
        // character, not the whole answer
        encode(0xFFFD);
      }
    }
    out[size++] = '"';
  }

  /** Writes what is written as it is, up to the next character that is not. */
  private int plain(String text, int from) {
    int length = text.length();
    byte[] to = out; // there is room for it
    int at = size;
    int i = from;
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

  /** By <a href="https://www.rfc-editor.org/rfc/rfc8259#section-7">RFC 8259, 7</a>. */
  private void escape(char c) {
    out[size++] = '\\';
    switch (c) {
      case '"', '\\' -> out[size++] = (byte) c;
      case '\b' -> out[size++] = 'b';
      case '\t' -> out[size++] = 't';
      case '\n' -> out[size++] = 'n';
      case '\f' -> out[size++] = 'f';
      case '\r' -> out[size++] = 'r';
      default -> {
        out[size++] = 'u';
        out[size++] = '0';
        out[size++] = '0';
        out[size++] = HEX[c >> 4];
        out[size++] = HEX[c & 0xF];
      }
    }
  }

  /** By <a href="https://www.rfc-editor.org/rfc/rfc3629#section-3">RFC 3629, 3</a>. */
  private void encode(int codePoint) {
    if (codePoint < 0x800) {
      out[size++] = (byte) (0xC0 | codePoint >> 6);
    } else {
      if (codePoint < 0x10000) {
        out[size++] = (byte) (0xE0 | codePoint >> 12);
      } else {
        out[size++] = (byte) (0xF0 | codePoint >> 18);
        out[size++] = (byte) (0x80 | (codePoint >> 12 & 0x3F));
      }
      out[size++] = (byte) (0x80 | (codePoint >> 6 & 0x3F));
    }
    out[size++] = (byte) (0x80 | (codePoint & 0x3F));
  }

  private void reserve(int bytes) {
    int needed = Math.addExact(size, bytes);
    if (needed > out.length) {
      out = Arrays.copyOf(out, Math.max(needed, out.length + (out.length >> 1)));
    }
  }
}
