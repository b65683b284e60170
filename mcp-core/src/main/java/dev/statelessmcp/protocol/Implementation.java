package dev.statelessmcp.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The software of a client or a server. It is self-reported and not verified: for display and logs,
 * never for decisions. Immutable; the methods that set something return a new value.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/schema#implementation">Implementation</a>
 */
public final class Implementation {
  private final String name;
  private final String version;
  private final @Nullable String title;
  private final @Nullable String description;
  private final @Nullable String websiteUrl;
  private final List<Icon> icons;

  private Implementation(
      String name,
      String version,
      @Nullable String title,
      @Nullable String description,
      @Nullable String websiteUrl,
      List<Icon> icons) {
    this.name = Objects.requireNonNull(name, "name");
    this.version = Objects.requireNonNull(version, "version");
    this.title = title;
    this.description = description;
    this.websiteUrl = websiteUrl;
    this.icons = icons;
  }

  /**
   * Creates a value with the required parts.
   *
   * @param name the programmatic name; not null
   * @param version its version; not null
   * @return the value
   */
  public static Implementation of(String name, String version) {
    return new Implementation(name, version, null, null, null, List.of());
  }

  /**
   * Reads the wire form, without icons.
   *
   * @param node an object; may be null
   * @return the value; empty if the node is not an object with the strings name and version
   */
  public static Optional<Implementation> from(@Nullable JsonNode node) {
    if (node == null || !node.path("name").isTextual() || !node.path("version").isTextual()) {
      return Optional.empty();
    }
    return Optional.of(new Implementation(
        node.get("name").textValue(),
        node.get("version").textValue(),
        node.path("title").textValue(),
        node.path("description").textValue(),
        node.path("websiteUrl").textValue(),
        List.of()));
  }

  /**
   * Sets a display name.
   *
   * @param newTitle the title; null for none
   * @return a new value
   */
  public Implementation title(@Nullable String newTitle) {
    return new Implementation(name, version, newTitle, description, websiteUrl, icons);
  }

  /**
   * Sets a description.
   *
   * @param newDescription the description; null for none
   * @return a new value
   */
  public Implementation description(@Nullable String newDescription) {
    return new Implementation(name, version, title, newDescription, websiteUrl, icons);
  }

  /**
   * Sets the address of a web page about the software.
   *
   * @param url the address; null for none
   * @return a new value
   * @throws IllegalArgumentException if it is not an absolute URL
   */
  public Implementation websiteUrl(@Nullable String url) {
    if (url != null && !URI.create(url).isAbsolute()) {
      throw new IllegalArgumentException("websiteUrl must be an absolute URL, was " + url);
    }
    return new Implementation(name, version, title, description, url, icons);
  }

  /**
   * Sets the icons.
   *
   * @param newIcons the icons
   * @return a new value
   */
  public Implementation icons(Icon... newIcons) {
    return new Implementation(name, version, title, description, websiteUrl, List.of(newIcons));
  }

  /**
   * The programmatic name.
   *
   * @return never null
   */
  public String name() {
    return name;
  }

  /**
   * The version.
   *
   * @return never null
   */
  public String version() {
    return version;
  }

  /**
   * The display name.
   *
   * @return empty if there is none
   */
  public Optional<String> title() {
    return Optional.ofNullable(title);
  }

  /**
   * The wire form.
   *
   * @return a new object
   */
  public ObjectNode toJson() {
    ObjectNode json = Json.object().put("name", name);
    if (title != null) {
      json.put("title", title);
    }
    json.put("version", version);
    if (description != null) {
      json.put("description", description);
    }
    if (websiteUrl != null) {
      json.put("websiteUrl", websiteUrl);
    }
    Icon.addTo(icons, json);
    return json;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Implementation that && toJson().equals(that.toJson());
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, version);
  }

  @Override
  public String toString() {
    return name + " " + version;
  }
}
