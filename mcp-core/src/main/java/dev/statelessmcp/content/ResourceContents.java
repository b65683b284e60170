package dev.statelessmcp.content;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.util.Base64;
import java.util.Objects;

/**
 * What is in a resource: text, or bytes in Base64. Immutable.
 *
 * @param uri the resource; not null
 * @param mimeType such as {@code text/markdown}, or null
 * @param text the text; null if it is bytes
 * @param blob the bytes in Base64; null if it is text
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/server/resources#resource-contents">Resource
 *     Contents</a>
 */
public record ResourceContents(String uri, String mimeType, String text, String blob) {

  /**
   * Checks that it is one of the two.
   *
   * @param uri the resource; not null
   * @param mimeType such as {@code text/markdown}, or null
   * @param text the text; null if it is bytes
   * @param blob the bytes in Base64; null if it is text
   * @throws IllegalArgumentException if it is both or neither
   */
  public ResourceContents {
    Objects.requireNonNull(uri, "uri");
    if ((text == null) == (blob == null)) {
      throw new IllegalArgumentException("contents are either text or a blob");
    }
  }

  /**
   * Text.
   *
   * @param uri the resource; not null
   * @param mimeType such as {@code text/plain}, or null
   * @param text the text; not null
   * @return the contents
   */
  public static ResourceContents text(String uri, String mimeType, String text) {
    return new ResourceContents(uri, mimeType, text, null);
  }

  /**
   * Bytes.
   *
   * @param uri the resource; not null
   * @param mimeType such as {@code image/png}, or null
   * @param bytes the bytes; not null
   * @return the contents
   */
  public static ResourceContents blob(String uri, String mimeType, byte[] bytes) {
    return new ResourceContents(uri, mimeType, null, Base64.getEncoder().encodeToString(bytes));
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
    return text != null ? json.put("text", text) : json.put("blob", blob);
  }
}
