package dev.statelessmcp.resource;

import dev.statelessmcp.content.ResourceContents;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * Something that a client can read by a fixed URI. Immutable; the methods that set something return
 * a new resource.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/server/resources">Resources</a>
 */
public final class Resource extends ReadItem<Resource> {

  private Resource(String uri, String name, ResourceHandler handler) {
    super("uri", uri, name, handler);
    if (!URI.create(uri).isAbsolute()) {
      throw new IllegalArgumentException("the URI of a resource must be absolute, was " + uri);
    }
  }

  /**
   * A resource that is computed when it is read.
   *
   * @param uri an absolute URI of RFC 3986, unique in its server; not null
   * @param name its programmatic name; not null
   * @param handler reads it; not null
   * @return the resource
   * @throws IllegalArgumentException if the URI is not absolute
   */
  public static Resource of(String uri, String name, ResourceHandler handler) {
    return new Resource(uri, name, handler);
  }

  /**
   * A text that is always the same.
   *
   * @param uri an absolute URI of RFC 3986, unique in its server; not null
   * @param name its programmatic name; not null
   * @param mimeType such as {@code text/markdown}; not null
   * @param text the text; not null
   * @return the resource
   */
  public static Resource text(String uri, String name, String mimeType, String text) {
    ResourceResult result = ResourceResult.of(ResourceContents.text(uri, mimeType, text));
    long size = text.getBytes(StandardCharsets.UTF_8).length;
    return of(uri, name, call -> result).mimeType(mimeType).size(size);
  }

  /**
   * Bytes that are always the same.
   *
   * @param uri an absolute URI of RFC 3986, unique in its server; not null
   * @param name its programmatic name; not null
   * @param mimeType such as {@code image/png}; not null
   * @param bytes the bytes; not null
   * @return the resource
   */
  public static Resource blob(String uri, String name, String mimeType, byte[] bytes) {
    ResourceResult result = ResourceResult.of(ResourceContents.blob(uri, mimeType, bytes));
    return of(uri, name, call -> result).mimeType(mimeType).size(bytes.length);
  }

  /**
   * Sets the size.
   *
   * @param bytes the number of bytes, before any encoding
   * @return a new resource
   */
  public Resource size(long bytes) {
    return withSize(bytes);
  }
}
