package dev.statelessmcp.examples.conformance;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The settings of the server for black-box tests.
 *
 * @param pageSize the number of items on a page of a list; null for the library's default
 * @param stateTtl how long a client may take to answer a question; null for the library's default
 * @param tokens the bearer tokens of the callers {@code principal-1}, {@code principal-2} and so
 *     on; empty if no token is required
 * @param scopes true if a tool requires the scope {@code files:write}
 */
public record Settings(Integer pageSize, Duration stateTtl, List<String> tokens, boolean scopes) {

  /** The default settings. */
  public static final Settings DEFAULT = new Settings(null, null, List.of(), false);

  /**
   * Reads the settings from strings.
   *
   * @param texts may have {@code CONFORMANCE_PAGE_SIZE}, {@code CONFORMANCE_STATE_TTL} (in seconds)
   *     {@code CONFORMANCE_TOKENS} (separated by commas), and {@code MCP_OAUTH_ISSUER}
   * @return the settings
   * @throws IllegalArgumentException if a value has another form; the message names it
   */
  public static Settings of(Map<String, String> texts) {
    Integer pageSize = number(texts, "CONFORMANCE_PAGE_SIZE");
    Integer seconds = number(texts, "CONFORMANCE_STATE_TTL");
    return new Settings(
        pageSize,
        seconds == null ? null : Duration.of(seconds, ChronoUnit.SECONDS),
        tokens(texts.get("CONFORMANCE_TOKENS")),
        texts.containsKey("MCP_OAUTH_ISSUER"));
  }

  private static Integer number(Map<String, String> texts, String name) {
    String text = texts.get(name);
    if (text == null) {
      return null;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= 1) {
        return number;
      }
    } catch (NumberFormatException e) {
      // reported below
    }
    throw new IllegalArgumentException(
        name + " must be a whole number of at least 1, was \"" + text + "\"");
  }

  private static List<String> tokens(String text) {
    if (text == null) {
      return List.of();
    }
    List<String> tokens = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    if (tokens.contains("") || tokens.stream().distinct().count() < tokens.size()) {
      throw new IllegalArgumentException(
          "CONFORMANCE_TOKENS must be different tokens, separated by commas");
    }
    return tokens;
  }
}
