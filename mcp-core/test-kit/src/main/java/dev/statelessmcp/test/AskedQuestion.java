package dev.statelessmcp.test;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * A question that the server asked during a call.
 *
 * @param key the key of the question; null in the legacy era, where questions have none
 * @param method the method of the question, such as {@code elicitation/create}
 * @param params the parameters of the question
 */
public record AskedQuestion(@Nullable String key, String method, ObjectNode params) {

  /**
   * The text that the user sees.
   *
   * @return null if the question has none
   */
  public @Nullable String message() {
    return params.path("message").textValue();
  }

  @Override
  public String toString() {
    return (key == null ? "" : "\"" + key + "\" ") + "(" + method + ") " + Json.text(params);
  }
}
