package dev.statelessmcp.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.content.Content;
import dev.statelessmcp.content.TextContent;
import dev.statelessmcp.json.Json;
import java.util.List;
import java.util.Objects;

/**
 * What a tool answers. Immutable as long as the structured content is left alone.
 *
 * @param content what the model reads; not null
 * @param structuredContent the answer as data, or null
 * @param isError whether the tool failed
 * @param meta whatever else the client is to know, as {@code _meta}; or null
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/schema#calltoolresult">CallToolResult</a>
 */
public record ToolResult(
    List<Content> content, JsonNode structuredContent, boolean isError, ObjectNode meta) {

  /**
   * Keeps an unmodifiable copy of the content.
   *
   * @param content what the model reads; not null
   * @param structuredContent the answer as data, or null
   * @param isError whether the tool failed
   * @param meta whatever else the client is to know, as {@code _meta}; or null
   * @throws NullPointerException if content is null or has a null in it
   */
  public ToolResult {
    content = List.copyOf(content);
  }

  /**
   * A text.
   *
   * @param text the text; not null
   * @return the result
   */
  public static ToolResult text(String text) {
    return of(new TextContent(text));
  }

  /**
   * Several pieces.
   *
   * @param content the pieces, in order
   * @return the result
   */
  public static ToolResult of(Content... content) {
    return new ToolResult(List.of(content), null, false, null);
  }

  /**
   * Data, and the same as JSON text for clients that read only text.
   *
   * @param data the data, any JSON; not null
   * @return the result
   * @see <a
   *     href="https://modelcontextprotocol.io/specification/2026-07-28/server/tools#structured-content">"a
   *     tool that returns structured content SHOULD also return the serialized JSON in a
   *     TextContent block"</a>
   */
  public static ToolResult structured(JsonNode data) {
    Objects.requireNonNull(data, "data");
    return new ToolResult(List.of(new TextContent(Json.text(data))), data, false, null);
  }

  /**
   * A failure for the model to read.
   *
   * @param message what is wrong, and best what to do about it; not null
   * @return the result
   */
  public static ToolResult error(String message) {
    return new ToolResult(List.of(new TextContent(message)), null, true, null);
  }

  /**
   * The result with something else that the client is to know.
   *
   * @param newMeta becomes {@code _meta}; null for nothing
   * @return a new result
   */
  public ToolResult withMeta(ObjectNode newMeta) {
    return new ToolResult(content, structuredContent, isError, newMeta);
  }

  /**
   * The type of the result.
   *
   * @return {@code complete}
   */
  public String resultType() {
    return "complete";
  }

  /**
   * The neutral wire form, the same in all revisions.
   *
   * @return a new object
   */
  public ObjectNode toJson() {
    ObjectNode json = Json.object();
    ArrayNode pieces = json.putArray("content");
    for (Content piece : content) {
      pieces.add(piece.toJson());
    }
    if (structuredContent != null) {
      json.set("structuredContent", structuredContent);
    }
    json.put("isError", isError);
    if (meta != null) {
      json.set("_meta", meta.deepCopy());
    }
    return json;
  }
}
