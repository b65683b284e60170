package dev.statelessmcp.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.catalog.CacheHint;
import dev.statelessmcp.catalog.Item;
import dev.statelessmcp.content.Annotations;
import dev.statelessmcp.json.Json;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The common base of resources and resource templates.
 *
 * @param <T> the subclass
 */
abstract class ReadItem<T extends ReadItem<T>> extends Item<T> {
  private final String keyMember;
  private final String key;
  private final String name;
  private final ResourceHandler handler;

  // Set only in a copy, before it is published
  private @Nullable String description;
  private @Nullable String mimeType;
  private @Nullable Long size;
  private @Nullable Annotations annotations;
  private @Nullable CacheHint cache;
  private ObjectNode definition;

  ReadItem(String keyMember, String key, String name, ResourceHandler handler) {
    this.keyMember = keyMember;
    this.key = key;
    this.name = Objects.requireNonNull(name, "name");
    this.handler = Objects.requireNonNull(handler, "handler");
    definition = Json.fixed(define());
  }

  /**
   * Sets a description.
   *
   * @param text the description; null for none
   * @return a new item
   */
  public T description(@Nullable String text) {
    ReadItem<T> copy = copy();
    copy.description = text;
    return defined(copy);
  }

  /**
   * Sets the media type.
   *
   * @param type such as {@code text/markdown}; null for none
   * @return a new item
   */
  public T mimeType(@Nullable String type) {
    ReadItem<T> copy = copy();
    copy.mimeType = type;
    return defined(copy);
  }

  /**
   * Sets annotations: audience, priority, last modification.
   *
   * @param hints the annotations; null for none
   * @return a new item
   */
  public T annotations(@Nullable Annotations hints) {
    ReadItem<T> copy = copy();
    copy.annotations = hints;
    return defined(copy);
  }

  /**
   * Sets how long the contents may be cached.
   *
   * @param hint the hint; null for that of the server
   * @return a new item
   */
  public T cache(@Nullable CacheHint hint) {
    ReadItem<T> copy = copy();
    copy.cache = hint;
    return defined(copy);
  }

  T withSize(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("size must be 0 or more, was " + bytes);
    }
    ReadItem<T> copy = copy();
    copy.size = bytes;
    return defined(copy);
  }

  @SuppressWarnings("unchecked") // T is the class of the copy
  private T defined(ReadItem<T> copy) {
    copy.changed();
    return (T) copy;
  }

  @Override
  protected final void changed() {
    definition = Json.fixed(define());
  }

  private ObjectNode define() {
    ObjectNode json = Json.object().put(keyMember, key).put("name", name);
    addTitle(json);
    if (description != null) {
      json.put("description", description);
    }
    if (mimeType != null) {
      json.put("mimeType", mimeType);
    }
    if (size != null) {
      json.put("size", size);
    }
    addIcons(json);
    Annotations.addTo(annotations, json);
    addMeta(json);
    return json;
  }

  /**
   * How long the contents may be cached.
   *
   * @return empty for the hint of the server
   */
  public Optional<CacheHint> cacheHint() {
    return Optional.ofNullable(cache);
  }

  /**
   * Runs the handler.
   *
   * @param call the request
   * @return the contents; null if the resource does not exist
   * @throws Exception if the handler throws it
   */
  public @Nullable ResourceResult read(ReadCall call) throws Exception {
    return handler.read(call);
  }

  @Override
  public final ObjectNode toJson() {
    return definition;
  }

  @Override
  public final String key() {
    return key;
  }
}
