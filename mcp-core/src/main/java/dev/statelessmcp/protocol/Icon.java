package dev.statelessmcp.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An icon for the user interface of the peer. Immutable; the methods that set something return a
 * new icon.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic#icons">icons</a>
 */
public final class Icon {
  private final String src;
  private final @Nullable String mimeType;
  private final List<String> sizes;
  private final @Nullable String theme;

  private Icon(String src, @Nullable String mimeType, List<String> sizes, @Nullable String theme) {
    this.src = src;
    this.mimeType = mimeType;
    this.sizes = sizes;
    this.theme = theme;
  }

  /**
   * Creates an icon.
   *
   * @param src an {@code https:}, {@code http:} or {@code data:} URI; not null
   * @return the icon
   * @throws IllegalArgumentException if the URI has another scheme, which clients must reject
   */
  public static Icon of(String src) {
    if (!isAllowed(src)) {
      throw new IllegalArgumentException(
          "the src of an icon must be an https: or data: URI, was " + src);
    }
    if (src.startsWith("http")) {
      URI.create(src); // its exception says what is wrong
    }
    return new Icon(src, null, List.of(), null);
  }

  private static boolean isAllowed(String src) {
    return src.startsWith("https:") || src.startsWith("http:") || src.startsWith("data:");
  }

  /**
   * Sets the media type.
   *
   * @param newMimeType such as {@code image/png}; null for none
   * @return a changed copy
   */
  public Icon mimeType(@Nullable String newMimeType) {
    return new Icon(src, newMimeType, sizes, theme);
  }

  /**
   * Sets the sizes at which the icon can be used.
   *
   * @param newSizes such as {@code 48x48}, or {@code any} for a scalable image; empty for any size
   * @return a changed copy
   */
  public Icon sizes(String... newSizes) {
    return new Icon(src, mimeType, List.of(newSizes), theme);
  }

  /**
   * Sets the theme that the icon is made for.
   *
   * @param newTheme {@code light} or {@code dark}; null for both
   * @return a changed copy
   * @throws IllegalArgumentException if it is another theme
   */
  public Icon theme(@Nullable String newTheme) {
    if (newTheme != null && !newTheme.equals("light") && !newTheme.equals("dark")) {
      throw new IllegalArgumentException("theme must be light or dark, was " + newTheme);
    }
    return new Icon(src, mimeType, sizes, newTheme);
  }

  /**
   * The URI of the image.
   *
   * @return never null
   */
  public String src() {
    return src;
  }

  /**
   * The media type.
   *
   * @return the type; empty if none is set
   */
  public Optional<String> mimeType() {
    return Optional.ofNullable(mimeType);
  }

  /**
   * The sizes at which the icon can be used.
   *
   * @return unmodifiable; empty for any size
   */
  public List<String> sizes() {
    return sizes;
  }

  /**
   * The theme that the icon is made for.
   *
   * @return {@code light} or {@code dark}; empty for both
   */
  public Optional<String> theme() {
    return Optional.ofNullable(theme);
  }

  /** Reads the icons that a peer sent, without malformed ones. */
  static List<Icon> from(JsonNode array) {
    List<Icon> icons = new ArrayList<>();
    for (JsonNode node : array) {
      String src = node.path("src").textValue();
      if (src != null && isAllowed(src)) {
        List<String> sizes = new ArrayList<>();
        for (JsonNode size : node.path("sizes")) {
          if (size.isTextual()) {
            sizes.add(size.textValue());
          }
        }
        String theme = node.path("theme").textValue();
        boolean known = "light".equals(theme) || "dark".equals(theme);
        icons.add(new Icon(
            src, node.path("mimeType").textValue(), List.copyOf(sizes), known ? theme : null));
      }
    }
    return List.copyOf(icons);
  }

  /**
   * Adds the member {@code icons} to an object, unless there are none. Called by the server.
   *
   * @param icons the icons; not null
   * @param json the object
   */
  public static void addTo(List<Icon> icons, ObjectNode json) {
    if (icons.isEmpty()) {
      return;
    }
    ArrayNode array = json.putArray("icons");
    for (Icon icon : icons) {
      array.add(icon.toJson());
    }
  }

  private ObjectNode toJson() {
    ObjectNode json = Json.object().put("src", src);
    if (mimeType != null) {
      json.put("mimeType", mimeType);
    }
    if (!sizes.isEmpty()) {
      ArrayNode array = json.putArray("sizes");
      for (String size : sizes) {
        array.add(size);
      }
    }
    if (theme != null) {
      json.put("theme", theme);
    }
    return json;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Icon icon && icon.toJson().equals(toJson());
  }

  @Override
  public int hashCode() {
    return toJson().hashCode();
  }

  @Override
  public String toString() {
    return Json.text(toJson());
  }
}
