package dev.statelessmcp.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.json.Json;
import org.jspecify.annotations.Nullable;

/** The answer to an event, as a tree and as bytes, which are created at the first use. */
final class Answer {
  /** The answer has been streamed: nothing is left to send. */
  static final Answer STREAMED = new Answer(null);

  private final @Nullable JsonNode json;
  private byte @Nullable [] bytes;

  Answer(@Nullable JsonNode json) {
    this.json = json;
  }

  /** The answer in the form that the sender expects; null if it has been streamed. */
  @Nullable
  JsonNode json() {
    return json;
  }

  byte[] bytes() {
    byte[] known = bytes;
    if (known == null) {
      known = json == null ? new byte[0] : Json.write(json);
      bytes = known;
    }
    return known;
  }

  /** The length of a text in a JSON string, in bytes of UTF-8. */
  static long escapedLength(byte[] utf8) {
    long length = utf8.length;
    for (byte b : utf8) {
      if (b == '"' || b == '\\') {
        length++;
      } else if (b >= 0 && b < ' ') {
        boolean isShort = b == '\n' || b == '\r' || b == '\t' || b == '\b' || b == '\f';
        length += isShort ? 1 : 5;
      }
    }
    return length;
  }
}
