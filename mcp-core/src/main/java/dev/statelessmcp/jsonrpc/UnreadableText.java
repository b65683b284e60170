package dev.statelessmcp.jsonrpc;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Guesses the id of a text that is not JSON, or exceeds the limits: if it is the answer to a
 * question, the call that asked must not wait for another one.
 */
final class UnreadableText {
  private static final byte[] METHOD = "\"method\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ID = "\"id\"".getBytes(StandardCharsets.US_ASCII);

  /** Ids of our own are short. */
  private static final int MAX_LENGTH = 64;

  private UnreadableText() {}

  /** The string behind the first id; null if there is none, or the text has a method. */
  static @Nullable RequestId id(byte[] text) {
    int at = indexOf(text, ID);
    if (at < 0 || indexOf(text, METHOD) >= 0) {
      return null;
    }
    int colon = skipBlanks(text, at + ID.length);
    if (colon == text.length || text[colon] != ':') {
      return null;
    }
    int quote = skipBlanks(text, colon + 1);
    if (quote == text.length || text[quote] != '"') {
      return null;
    }
    int end = quote + 1;
    while (end < text.length && text[end] != '"') {
      end++;
    }
    int length = end - quote - 1;
    return end == text.length || length > MAX_LENGTH
        ? null
        : RequestId.of(new String(text, quote + 1, length, StandardCharsets.UTF_8));
  }

  private static int skipBlanks(byte[] text, int from) {
    int at = from;
    while (at < text.length && (text[at] == ' ' || text[at] == '\t')) {
      at++;
    }
    return at;
  }

  private static int indexOf(byte[] text, byte[] wanted) {
    for (int i = 0; i <= text.length - wanted.length; i++) {
      int length = 0;
      while (length < wanted.length && text[i + length] == wanted[length]) {
        length++;
      }
      if (length == wanted.length) {
        return i;
      }
    }
    return -1;
  }
}
