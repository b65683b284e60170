package dev.statelessmcp.content;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.Icon;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A link to a resource that the client can read. */
public final class ResourceLink extends Content {
  private final String uri;
  private final String name;

  // Set only in a copy, before it is published
  private @Nullable String title;
  private @Nullable String description;
  private @Nullable String mimeType;
  private @Nullable Long size;
  private List<Icon> icons = List.of();

  private ResourceLink(String uri, String name) {
    if (!URI.create(uri).isAbsolute()) {
      throw new IllegalArgumentException("the URI of a resource must be absolute, was " + uri);
    }
    this.uri = uri;
    this.name = Objects.requireNonNull(name, "name");
  }

  /**
   * Creates a link.
   *
   * @param uri the resource; not null
   * @param name its programmatic name; not null
   * @return the block
   * @throws IllegalArgumentException if the URI is not valid or not absolute
   */
  public static ResourceLink of(String uri, String name) {
    return new ResourceLink(uri, name);
  }

  /**
   * Sets a display name.
   *
   * @param newTitle the title; null for none
   * @return a new block
   */
  public ResourceLink title(@Nullable String newTitle) {
    ResourceLink copy = (ResourceLink) copy();
    copy.title = newTitle;
    return copy;
  }

  /**
   * Sets a description.
   *
   * @param newDescription the description; null for none
   * @return a new block
   */
  public ResourceLink description(@Nullable String newDescription) {
    ResourceLink copy = (ResourceLink) copy();
    copy.description = newDescription;
    return copy;
  }

  /**
   * Sets the media type.
   *
   * @param type such as {@code text/markdown}; null for none
   * @return a new block
   */
  public ResourceLink mimeType(@Nullable String type) {
    ResourceLink copy = (ResourceLink) copy();
    copy.mimeType = type;
    return copy;
  }

  /**
   * Sets the size.
   *
   * @param bytes the number of bytes, before any encoding
   * @return a new block
   */
  public ResourceLink size(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("size must be 0 or more, was " + bytes);
    }
    ResourceLink copy = (ResourceLink) copy();
    copy.size = bytes;
    return copy;
  }

  /**
   * Sets the icons.
   *
   * @param newIcons the icons
   * @return a new block
   */
  public ResourceLink icons(Icon... newIcons) {
    ResourceLink copy = (ResourceLink) copy();
    copy.icons = List.of(newIcons);
    return copy;
  }

  /**
   * The URI of the resource.
   *
   * @return never null
   */
  public String uri() {
    return uri;
  }

  /**
   * The programmatic name of the resource.
   *
   * @return never null
   */
  public String name() {
    return name;
  }

  @Override
  public ResourceLink annotations(@Nullable Annotations hints) {
    return (ResourceLink) super.annotations(hints);
  }

  @Override
  public ResourceLink meta(@Nullable ObjectNode newMeta) {
    return (ResourceLink) super.meta(newMeta);
  }

  @Override
  ObjectNode fields() {
    ObjectNode json = Json.object().put("type", "resource_link").put("uri", uri).put("name", name);
    if (title != null) {
      json.put("title", title);
    }
    if (description != null) {
      json.put("description", description);
    }
    if (mimeType != null) {
      json.put("mimeType", mimeType);
    }
    if (size != null) {
      json.put("size", size);
    }
    Icon.addTo(icons, json);
    return json;
  }
}
