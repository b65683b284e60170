package dev.statelessmcp.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.content.Content;
import dev.statelessmcp.content.TextContent;
import dev.statelessmcp.json.Json;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The result of a tool. Immutable, provided that its structured content is not changed.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/schema#calltoolresult">CallToolResult</a>
 */
public final class ToolResult {
  private static final String COMPLETE = "complete";

  private final List<Content> content;
  private final @Nullable JsonNode structuredContent;
  private final boolean isError;
  private final @Nullable ObjectNode meta;
  private final String resultType;
  private final @Nullable ObjectNode members;

  private ToolResult(
      List<Content> content,
      @Nullable JsonNode structuredContent,
      boolean isError,
      @Nullable ObjectNode meta,
      String resultType,
      @Nullable ObjectNode members) {
    this.content = List.copyOf(content);
    this.structuredContent = structuredContent;
    this.isError = isError;
    this.meta = meta;
    this.resultType = resultType;
    this.members = members;
  }

  private ToolResult(List<Content> content, @Nullable JsonNode structuredContent, boolean isError) {
    this(content, structuredContent, isError, null, COMPLETE, null);
  }

  /**
   * Creates a result of another type than {@code complete}, which an extension defines.
   *
   * @param resultType the type; not null
   * @param members the members of the result; not null, must not be changed later
   * @return the result
   */
  public static ToolResult ofType(String resultType, ObjectNode members) {
    Objects.requireNonNull(members, "members");
    return new ToolResult(List.of(), null, false, null, resultType, members);
  }

  /**
   * The content blocks.
   *
   * @return unmodifiable
   */
  public List<Content> content() {
    return content;
  }

  /**
   * The answer as data.
   *
   * @return empty if there is none
   */
  public Optional<JsonNode> structuredContent() {
    return Optional.ofNullable(structuredContent);
  }

  /**
   * Whether the tool failed.
   *
   * @return true if it did
   */
  public boolean isError() {
    return isError;
  }

  /**
   * The type of the result.
   *
   * @return {@code complete}, unless it was created by {@link #ofType}
   */
  public String resultType() {
    return resultType;
  }

  /**
   * Creates a result with one text block.
   *
   * @param text the text; not null
   * @return the result
   */
  public static ToolResult text(String text) {
    return of(TextContent.of(text));
  }

  /**
   * Creates a result with content blocks.
   *
   * @param content the blocks, in order
   * @return the result
   */
  public static ToolResult of(Content... content) {
    return new ToolResult(List.of(content), null, false);
  }

  /**
   * Creates a result with data, and the same data as JSON text for clients that read only text.
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
    return new ToolResult(List.of(TextContent.of(Json.text(data))), data, false);
  }

  /**
   * Creates a result with {@code isError} and one text block, for the model to read.
   *
   * @param message what is wrong and, ideally, what to do about it; not null
   * @return the result
   */
  public static ToolResult error(String message) {
    return new ToolResult(List.of(TextContent.of(message)), null, true);
  }

  /**
   * Sets the structured content.
   *
   * @param data the data, any JSON; null for none
   * @return a new result
   */
  public ToolResult structuredContent(@Nullable JsonNode data) {
    requireComplete();
    return new ToolResult(content, data, isError, meta, resultType, members);
  }

  /**
   * Sets metadata for the client.
   *
   * @param newMeta becomes {@code _meta}; null for none
   * @return a new result
   * @throws IllegalStateException if this was created by {@link #ofType}
   */
  public ToolResult meta(@Nullable ObjectNode newMeta) {
    requireComplete();
    return new ToolResult(content, structuredContent, isError, newMeta, resultType, members);
  }

  private void requireComplete() {
    if (members != null) {
      throw new IllegalStateException(
          "cannot set meta: a result of ofType already has all its members");
    }
  }

  /**
   * The wire form, before the engine adapts it to the revision of the client.
   *
   * @return a new object
   */
  public ObjectNode toJson() {
    ObjectNode json = Json.object();
    if (members != null) {
      json.put("resultType", resultType).setAll(members.deepCopy());
      return json;
    }
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
