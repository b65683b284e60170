package dev.statelessmcp.protocol;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.util.List;

/**
 * A picture for the client's user interface.
 *
 * @param src an {@code https:} or {@code data:} URI; not null
 * @param mimeType such as {@code image/png}, or null
 * @param sizes such as {@code 48x48} or {@code any}; not null
 * @param theme {@code light} or {@code dark}, or null
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic#icons">icons</a>
 */
public record Icon(String src, String mimeType, List<String> sizes, String theme) {

  /**
   * Checks the parts that clients are strict about.
   *
   * @param src an {@code https:} or {@code data:} URI; not null
   * @param mimeType such as {@code image/png}, or null
   * @param sizes such as {@code 48x48} or {@code any}; not null
   * @param theme {@code light} or {@code dark}, or null
   * @throws IllegalArgumentException if the source has another scheme, which clients must refuse,
   *     or the theme is another
   */
  public Icon {
    sizes = List.copyOf(sizes);
    if (!src.startsWith("https:") && !src.startsWith("http:") && !src.startsWith("data:")) {
      throw new IllegalArgumentException("an icon must be an https: or data: URI, not " + src);
    }
    if (theme != null && !theme.equals("light") && !theme.equals("dark")) {
      throw new IllegalArgumentException("a theme is light or dark, not " + theme);
    }
  }

  /**
   * An icon of which only the place is known.
   *
   * @param src an {@code https:} or {@code data:} URI; not null
   */
  public Icon(String src) {
    this(src, null, List.of(), null);
  }

  /**
   * Adds icons to a definition, if there are any.
   *
   * @param icons the icons
   * @param definition the definition
   */
  public static void addTo(List<Icon> icons, ObjectNode definition) {
    if (icons.isEmpty()) {
      return;
    }
    ArrayNode array = definition.putArray("icons");
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
      sizes.forEach(array::add);
    }
    if (theme != null) {
      json.put("theme", theme);
    }
    return json;
  }
}
