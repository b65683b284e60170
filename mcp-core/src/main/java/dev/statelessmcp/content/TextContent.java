package dev.statelessmcp.content;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Text for the model. */
public final class TextContent extends Content {
  private final String text;

  private TextContent(String text) {
    this.text = Objects.requireNonNull(text, "text");
  }

  /**
   * Creates a block with a text.
   *
   * @param text the text; not null
   * @return the block
   */
  public static TextContent of(String text) {
    return new TextContent(text);
  }

  /**
   * The text.
   *
   * @return never null
   */
  public String text() {
    return text;
  }

  @Override
  public TextContent annotations(@Nullable Annotations hints) {
    return (TextContent) super.annotations(hints);
  }

  @Override
  public TextContent meta(@Nullable ObjectNode newMeta) {
    return (TextContent) super.meta(newMeta);
  }

  @Override
  ObjectNode fields() {
    return Json.object().put("type", "text").put("text", text);
  }
}
