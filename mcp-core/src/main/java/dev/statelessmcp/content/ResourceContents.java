package dev.statelessmcp.content;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The contents of a resource: text, or bytes. Immutable.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/server/resources#resource-contents">Resource
 *     Contents</a>
 */
public final class ResourceContents {
  private final String uri;
  private final @Nullable String mimeType;
  private final @Nullable String text;
  private final @Nullable String blob;
  private final @Nullable ObjectNode meta;

  private ResourceContents(
      String uri,
      @Nullable String mimeType,
      @Nullable String text,
      @Nullable String blob,
      @Nullable ObjectNode meta) {
    this.uri = Objects.requireNonNull(uri, "uri");
    this.mimeType = mimeType;
    this.text = text;
    this.blob = blob;
    this.meta = meta;
  }

  /**
   * Creates text contents.
   *
   * @param uri the URI of the resource; not null
   * @param mimeType such as {@code text/plain}; null for none
   * @param text the text; not null
   * @return the contents
   */
  public static ResourceContents text(String uri, @Nullable String mimeType, String text) {
    Objects.requireNonNull(text, "text");
    return new ResourceContents(uri, mimeType, text, null, null);
  }

  /**
   * Creates binary contents.
   *
   * @param uri the URI of the resource; not null
   * @param mimeType such as {@code image/png}; null for none
   * @param bytes the bytes; not null
   * @return the contents
   */
  public static ResourceContents blob(String uri, @Nullable String mimeType, byte[] bytes) {
    String blob = Base64.getEncoder().encodeToString(bytes);
    return new ResourceContents(uri, mimeType, null, blob, null);
  }

  /**
   * Sets metadata for the client.
   *
   * @param newMeta becomes {@code _meta} of the contents; null for none; must not be changed later
   * @return new contents
   */
  public ResourceContents meta(@Nullable ObjectNode newMeta) {
    return new ResourceContents(uri, mimeType, text, blob, newMeta);
  }

  /**
   * The wire form.
   *
   * @return a new object
   */
  public ObjectNode toJson() {
    ObjectNode json = Json.object().put("uri", uri);
    if (mimeType != null) {
      json.put("mimeType", mimeType);
    }
    if (text != null) {
      json.put("text", text);
    } else {
      json.put("blob", blob);
    }
    if (meta != null) {
      json.set("_meta", meta.deepCopy());
    }
    return json;
  }
}
