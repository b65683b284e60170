package dev.statelessmcp.prompt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.content.Content;
import dev.statelessmcp.content.Role;
import dev.statelessmcp.content.TextContent;
import dev.statelessmcp.json.Json;

/**
 * One message of a prompt.
 *
 * @param role the speaker; not null
 * @param content the content; not null
 */
public record PromptMessage(Role role, Content content) {

  /**
   * Creates a text message of the user.
   *
   * @param text the text
   * @return the message
   */
  public static PromptMessage user(String text) {
    return new PromptMessage(Role.USER, TextContent.of(text));
  }

  /**
   * Creates a text message of the assistant.
   *
   * @param text the text
   * @return the message
   */
  public static PromptMessage assistant(String text) {
    return new PromptMessage(Role.ASSISTANT, TextContent.of(text));
  }

  ObjectNode toJson() {
    ObjectNode json = Json.object().put("role", role.toString());
    json.set("content", content.toJson());
    return json;
  }
}
