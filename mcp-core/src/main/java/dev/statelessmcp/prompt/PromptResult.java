package dev.statelessmcp.prompt;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a prompt. Immutable.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/schema#getpromptresult">GetPromptResult</a>
 */
public final class PromptResult {
  private final @Nullable String description;
  private final List<PromptMessage> messages;
  private final @Nullable ObjectNode meta;

  private PromptResult(
      @Nullable String description, List<PromptMessage> messages, @Nullable ObjectNode meta) {
    this.description = description;
    this.messages = List.copyOf(messages);
    this.meta = meta;
  }

  /**
   * Creates a result.
   *
   * @param messages the messages, in order
   * @return the result
   */
  public static PromptResult of(PromptMessage... messages) {
    return new PromptResult(null, List.of(messages), null);
  }

  /**
   * Sets a description.
   *
   * @param text the description; null for none
   * @return a new result
   */
  public PromptResult description(@Nullable String text) {
    return new PromptResult(text, messages, meta);
  }

  /**
   * Sets metadata for the client.
   *
   * @param newMeta becomes {@code _meta}; null for none; must not be changed later
   * @return a new result
   */
  public PromptResult meta(@Nullable ObjectNode newMeta) {
    return new PromptResult(description, messages, newMeta);
  }

  /**
   * The messages.
   *
   * @return unmodifiable, in order
   */
  public List<PromptMessage> messages() {
    return messages;
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
    if (meta != null) {
      json.set("_meta", meta.deepCopy());
    }
    return json;
  }
}
