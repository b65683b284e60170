package dev.statelessmcp.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.content.ResourceContents;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Data that a client can read by a fixed URI. Immutable; the methods that set something return a
 * new resource.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/server/resources">Resources</a>
 */
public final class Resource extends ReadItem<Resource> {

  /** The contents, without metadata; null if a handler reads them. */
  private final @Nullable ResourceContents fixed;

  private Resource(String uri, String name, ResourceContents contents) {
    this(uri, name, call -> null, contents);
  }

  private Resource(
      String uri, String name, ResourceHandler handler, @Nullable ResourceContents contents) {
    super("uri", uri, name, handler);
    if (!isAbsolute(uri)) {
      throw new IllegalArgumentException("the URI of a resource must be absolute, was " + uri);
    }
    fixed = contents;
  }

  private static boolean isAbsolute(String uri) {
    try {
      return new URI(uri).isAbsolute();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "the URI of a resource must be valid by RFC 3986, was \"" + uri + "\": " + e.getReason(),
          e);
    }
  }

  /**
   * Creates a resource that a handler reads.
   *
   * @param uri an absolute URI of RFC 3986, unique in its server; not null
   * @param name its programmatic name; not null
   * @param handler reads it; not null
   * @return the resource
   * @throws IllegalArgumentException if the URI is not absolute
   */
  public static Resource of(String uri, String name, ResourceHandler handler) {
    return new Resource(uri, name, handler, null);
  }

  /**
   * Creates a resource with a fixed text.
   *
   * @param uri an absolute URI of RFC 3986, unique in its server; not null
   * @param name its programmatic name; not null
   * @param mimeType such as {@code text/markdown}; not null
   * @param text the text; not null
   * @return the resource
   */
  public static Resource text(String uri, String name, String mimeType, String text) {
    ResourceContents contents = ResourceContents.text(uri, mimeType, text);
    long size = text.getBytes(StandardCharsets.UTF_8).length;
    return new Resource(uri, name, contents).mimeType(mimeType).size(size);
  }

  /**
   * Creates a resource with fixed bytes.
   *
   * @param uri an absolute URI of RFC 3986, unique in its server; not null
   * @param name its programmatic name; not null
   * @param mimeType such as {@code image/png}; not null
   * @param bytes the bytes; not null
   * @return the resource
   */
  public static Resource blob(String uri, String name, String mimeType, byte[] bytes) {
    ResourceContents contents = ResourceContents.blob(uri, mimeType, bytes);
    return new Resource(uri, name, contents).mimeType(mimeType).size(bytes.length);
  }

  /**
   * {@inheritDoc} Fixed contents get the {@code _meta} of the resource, because hosts of MCP Apps
   * read it there.
   */
  @Override
  public @Nullable ResourceResult read(ReadCall call) throws Exception {
    if (fixed == null) {
      return super.read(call);
    }
    return toJson().get("_meta") instanceof ObjectNode meta
        ? ResourceResult.of(fixed.meta(meta.deepCopy()))
        : ResourceResult.of(fixed);
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
