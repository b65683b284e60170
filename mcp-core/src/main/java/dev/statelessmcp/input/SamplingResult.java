package dev.statelessmcp.input;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * The answer of the client's model: the {@code CreateMessageResult} of the specification. Immutable
 * if {@code content} is not changed.
 *
 * @param role usually {@code assistant}; not null
 * @param content one content object, or an array of them; not null
 * @param model the name of the model; not null
 * @param stopReason why the model stopped, such as {@code endTurn} or {@code maxTokens}; null if
 *     the client does not say
 */
public record SamplingResult(
    String role, JsonNode content, String model, @Nullable String stopReason) {

  /**
   * Returns the text of the answer.
   *
   * @return the text of all content objects, concatenated; empty if there is none, never null
   */
  public String text() {
    if (!content.isArray()) {
      return content.path("text").asText("");
    }
    StringBuilder text = new StringBuilder();
    for (JsonNode part : content) {
      text.append(part.path("text").asText(""));
    }
    return text.toString();
  }
}
