package dev.statelessmcp.content;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.util.Objects;

/**
 * Text for the model.
 *
 * @param text the text; not null
 * @param annotations how to use it, or null
 */
public record TextContent(String text, Annotations annotations) implements Content {

  /**
   * Checks that there is a text.
   *
   * @param text the text; not null
   * @param annotations how to use it, or null
   * @throws NullPointerException if there is no text
   */
  public TextContent {
    Objects.requireNonNull(text, "text");
  }

  /**
   * Text without hints.
   *
   * @param text the text; not null
   */
  public TextContent(String text) {
    this(text, null);
  }

  @Override
  public ObjectNode toJson() {
    ObjectNode json = Json.object().put("type", "text").put("text", text);
    return Annotations.addTo(annotations, json);
  }

  @Override
  public TextContent annotated(Annotations newAnnotations) {
    return new TextContent(text, newAnnotations);
  }
}
