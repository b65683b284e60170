package dev.statelessmcp.test;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.json.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Reads the messages of an event stream from its pieces. Not thread-safe. */
final class EventReader {
  private final Consumer<JsonNode> messages;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final StringBuilder data = new StringBuilder();

  EventReader(Consumer<JsonNode> messages) {
    this.messages = messages;
  }

  void read(byte[] piece, int length) {
    for (int i = 0; i < length; i++) {
      if (piece[i] == '\n') {
        endLine(line.toString(StandardCharsets.UTF_8));
        line.reset();
      } else {
        line.write(piece[i]);
      }
    }
  }

  private void endLine(String raw) {
    String text = raw.endsWith("\r") ? raw.substring(0, raw.length() - 1) : raw;
    if (text.startsWith("data:")) {
      String value = text.substring("data:".length());
      data.append(value.startsWith(" ") ? value.substring(1) : value).append('\n');
    } else if (text.isEmpty() && data.length() > 0) {
      String event = data.toString().strip();
      data.setLength(0);
      if (!event.isEmpty()) {
        messages.accept(Json.parse(event));
      }
    }
  }
}
