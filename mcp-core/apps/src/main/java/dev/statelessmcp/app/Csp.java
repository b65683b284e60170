package dev.statelessmcp.app;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The origins that a page needs, from which the host builds its Content Security Policy. Other
 * origins are blocked; a self-contained page needs none. Immutable; the methods that set something
 * return a new value.
 *
 * <p>An origin is a scheme, a host and perhaps a port: {@code https://api.example.com},
 * {@code wss://live.example.com:8443}, or {@code https://*.example.com} for all subdomains.
 *
 * @see <a
 *     href="https://github.com/modelcontextprotocol/ext-apps/blob/main/specification/2026-01-26/apps.mdx#ui-resource-format">UI
 *     Resource Format</a>
 */
public final class Csp {
  /** No origins. */
  public static final Csp NONE = new Csp(List.of(), List.of(), List.of(), List.of());

  private static final Pattern ORIGIN = Pattern.compile(
      "(https?|wss?)://(\\*\\.)?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?");

  private final List<String> connect;
  private final List<String> resources;
  private final List<String> frames;
  private final List<String> baseUris;

  private Csp(
      List<String> connect, List<String> resources, List<String> frames, List<String> baseUris) {
    this.connect = connect;
    this.resources = resources;
    this.frames = frames;
    this.baseUris = baseUris;
  }

  /**
   * Sets the origins that the page sends requests to: {@code fetch}, {@code XMLHttpRequest} and
   * WebSockets.
   *
   * @param origins the origins
   * @return a new value
   * @throws IllegalArgumentException if one is not an origin
   */
  public Csp connect(String... origins) {
    return new Csp(checked("connect", origins), resources, frames, baseUris);
  }

  /**
   * Sets the origins of images, scripts, style sheets, fonts and media.
   *
   * @param origins the origins
   * @return a new value
   * @throws IllegalArgumentException if one is not an origin
   */
  public Csp resources(String... origins) {
    return new Csp(connect, checked("resources", origins), frames, baseUris);
  }

  /**
   * Sets the origins of frames inside the page.
   *
   * @param origins the origins
   * @return a new value
   * @throws IllegalArgumentException if one is not an origin
   */
  public Csp frames(String... origins) {
    return new Csp(connect, resources, checked("frames", origins), baseUris);
  }

  /**
   * Sets the origins that the {@code base} element of the page may name.
   *
   * @param origins the origins
   * @return a new value
   * @throws IllegalArgumentException if one is not an origin
   */
  public Csp baseUris(String... origins) {
    return new Csp(connect, resources, frames, checked("baseUris", origins));
  }

  /**
   * Checks origins: hosts write them into a header, where a space or semicolon would begin another
   * directive.
   */
  private static List<String> checked(String setting, String... origins) {
    for (String origin : origins) {
      if (!ORIGIN.matcher(origin).matches()) {
        throw new IllegalArgumentException(setting
            + " must be origins such as https://api.example.com or https://*.example.com, was \""
            + Json.printable(origin, 200)
            + "\"");
      }
    }
    return List.of(origins);
  }

  boolean isEmpty() {
    return connect.isEmpty() && resources.isEmpty() && frames.isEmpty() && baseUris.isEmpty();
  }

  ObjectNode toJson() {
    ObjectNode json = Json.object();
    put(json, "connectDomains", connect);
    put(json, "resourceDomains", resources);
    put(json, "frameDomains", frames);
    put(json, "baseUriDomains", baseUris);
    return json;
  }

  private static void put(ObjectNode json, String member, List<String> origins) {
    if (!origins.isEmpty()) {
      ArrayNode array = json.putArray(member);
      for (String origin : origins) {
        array.add(origin);
      }
    }
  }
}
