package dev.statelessmcp.subscription;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A change of a list or of the contents of a resource. Immutable; two events are equal if they
 * describe the same change.
 */
public final class ChangeEvent {
  private static final ChangeEvent TOOLS = new ChangeEvent("tools", null);
  private static final ChangeEvent PROMPTS = new ChangeEvent("prompts", null);
  private static final ChangeEvent RESOURCES = new ChangeEvent("resources", null);

  private final @Nullable String list; // null if it is about one resource
  private final @Nullable String uri; // null if it is about a list

  private ChangeEvent(@Nullable String list, @Nullable String uri) {
    this.list = list;
    this.uri = uri;
  }

  /**
   * Creates an event: the list of tools has changed.
   *
   * @return the event
   */
  public static ChangeEvent toolsChanged() {
    return TOOLS;
  }

  /**
   * Creates an event: the list of prompts has changed.
   *
   * @return the event
   */
  public static ChangeEvent promptsChanged() {
    return PROMPTS;
  }

  /**
   * Creates an event: the list of resources has changed.
   *
   * @return the event
   */
  public static ChangeEvent resourcesChanged() {
    return RESOURCES;
  }

  /**
   * Creates an event: the contents of a resource have changed.
   *
   * @param uri the URI of the resource; not null
   * @return the event
   */
  public static ChangeEvent resourceUpdated(String uri) {
    return new ChangeEvent(null, Objects.requireNonNull(uri, "uri"));
  }

  /**
   * The list that has changed.
   *
   * @return {@code tools}, {@code prompts} or {@code resources}; empty if the event is about the
   *     contents of one resource
   */
  public Optional<String> list() {
    return Optional.ofNullable(list);
  }

  /**
   * The resource whose contents have changed.
   *
   * @return its URI; empty if the event is about a list
   */
  public Optional<String> uri() {
    return Optional.ofNullable(uri);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChangeEvent that
        && Objects.equals(list, that.list)
        && Objects.equals(uri, that.uri);
  }

  @Override
  public int hashCode() {
    return Objects.hash(list, uri);
  }

  @Override
  public String toString() {
    return String.valueOf(list != null ? list : uri);
  }
}
