package dev.statelessmcp.input;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the client's model said.
 *
 * @param role usually {@code assistant}; not null
 * @param content one piece of content, or an array of them; not null
 * @param model which model it was; not null
 * @param stopReason why it stopped, or null
 */
public record Sampled(String role, JsonNode content, String model, String stopReason) {

  /**
   * The text of the answer.
   *
   * @return all pieces of text, one after the other; empty if there is none
   */
  public String text() {
    if (!content.isArray()) {
      return content.path("text").asText("");
    }
    StringBuilder text = new StringBuilder();
    for (JsonNode piece : content) {
      text.append(piece.path("text").asText(""));
    }
    return text.toString();
  }
}
