package dev.statelessmcp.prompt;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.util.List;

/**
 * The messages of a prompt.
 *
 * @param description what it is for, or null
 * @param messages the messages, in order; not null
 */
public record PromptResult(String description, List<PromptMessage> messages) {

  /**
   * Messages.
   *
   * @param messages in order
   * @return the result
   */
  public static PromptResult of(PromptMessage... messages) {
    return new PromptResult(null, List.of(messages));
  }

  /**
   * The wire form.
   *
   * @return a new object
   */
  public ObjectNode toJson() {
    ObjectNode json = Json.object();
    if (description != null) {
      json.put("description", description);
    }
    ArrayNode array = json.putArray("messages");
    for (PromptMessage message : messages) {
      array.add(message.toJson());
    }
    return json;
  }
}
