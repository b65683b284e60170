package dev.statelessmcp.test;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The messages of a connection, in order. Thread-safe. */
final class Transcript {
  private static final int MAX_LINES = 200;
  private static final int MAX_LENGTH = 4000;

  private final List<String> lines = new ArrayList<>();
  private int dropped;

  /** Adds a sent message with the headers of the protocol; others may have credentials. */
  void sent(JsonNode message, Map<String, String> headers) {
    TreeMap<String, String> own = new TreeMap<>(headers);
    own.keySet().removeIf(name -> !name.toLowerCase(Locale.ROOT).startsWith("mcp-"));
    add("--> " + Json.text(message) + (own.isEmpty() ? "" : "  " + own));
  }

  void status(int status) {
    add("<-- HTTP " + status);
  }

  void received(JsonNode message) {
    add("<-- " + Json.text(message));
  }

  void note(String text) {
    add("    " + text);
  }

  private synchronized void add(String line) {
    if (lines.size() == MAX_LINES) {
      lines.remove(0);
      dropped++;
    }
    lines.add(
        line.length() > MAX_LENGTH
            ? line.substring(0, MAX_LENGTH) + "… (" + line.length() + " characters)"
            : line);
  }

  @Override
  public synchronized String toString() {
    String start = dropped > 0 ? "(" + dropped + " earlier lines)\n" : "";
    return start + String.join("\n", lines);
  }
}
