package dev.statelessmcp.content;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.util.Objects;

/**
 * Text for the model.
 *
 * @param text the text; not null
 */
public record TextContent(String text) implements Content {

  /**
   * Checks that there is a text.
   *
   * @param text the text; not null
   * @throws NullPointerException if there is none
   */
  public TextContent {
    Objects.requireNonNull(text, "text");
  }

  @Override
  public ObjectNode toJson() {
    return Json.object().put("type", "text").put("text", text);
  }
}
