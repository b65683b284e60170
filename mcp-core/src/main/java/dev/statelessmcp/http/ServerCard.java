package dev.statelessmcp.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.Era;
import dev.statelessmcp.protocol.ProtocolVersion;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The server card, which clients and crawlers read before they connect, and a catalogue with only
 * this server. Both have the data of {@code server/discover}. Immutable and thread-safe.
 *
 * <pre>{@code
 * ServerCard card = ServerCard.of(server, "com.example", "https://mcp.example.com/mcp");
 *
 * StreamableHttp.builder(server)
 *     .path("/mcp")
 *     .document("/mcp" + ServerCard.PATH, card::card)
 *     .document(ServerCard.CATALOG_PATH, card::catalog)
 * }</pre>
 *
 * <p>The documents are public, even if the endpoint requires authentication; they do not list
 * tools. The format is that of the draft extension {@code io.modelcontextprotocol/server-card},
 * which may change.
 *
 * @see <a
 *     href="https://github.com/modelcontextprotocol/experimental-ext-server-card/blob/main/docs/discovery.md">Discovery</a>
 */
public final class ServerCard {
  /** The path of the card, after the path of the endpoint. */
  public static final String PATH = "/server-card";

  /** The path of the catalogue of a domain. */
  public static final String CATALOG_PATH = "/.well-known/ai-catalog.json";

  private static final String CARD_TYPE = "application/mcp-server-card+json";
  private static final String CATALOG_TYPE = "application/ai-catalog+json";
  private static final String SCHEMA =
      "https://static.modelcontextprotocol.io/schemas/v1/server-card.schema.json";

  private static final Pattern NAMESPACE = Pattern.compile("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");
  private static final Pattern RANGE = Pattern.compile("[\\^~<>=].*|.*[.](x|X|\\*)|\\*");
  private static final int MAX_NAME = 200;
  private static final int MAX_TEXT = 100;
  private static final int MAX_VERSION = 255;

  private final HttpDocument card;
  private final HttpDocument catalog;

  private ServerCard(ObjectNode card, ObjectNode catalog, Duration maxAge) {
    this.card = HttpDocument.json(card).contentType(CARD_TYPE).maxAge(maxAge);
    this.catalog = HttpDocument.json(catalog).contentType(CATALOG_TYPE).maxAge(maxAge);
  }

  /**
   * Creates the card of a server. Clients may cache both documents for an hour.
   *
   * @param server the server, which must have a description; not null
   * @param namespace the domain of its publisher in reverse, such as {@code com.example}: a server
   *     named {@code weather} becomes {@code com.example/weather}; not null
   * @param url the public URL of the endpoint, such as {@code https://mcp.example.com/mcp}; not
   *     null
   * @return the card
   * @throws IllegalArgumentException if the namespace, the URL, or the name, version, title or
   *     description of the server is not valid in a card
   */
  public static ServerCard of(McpServer server, String namespace, String url) {
    return of(server, namespace, url, Duration.ofHours(1));
  }

  /**
   * Creates the card of a server.
   *
   * @param server as for {@link #of(McpServer, String, String)}
   * @param namespace as for {@link #of(McpServer, String, String)}
   * @param url as for {@link #of(McpServer, String, String)}
   * @param maxAge how long clients may cache the documents; at least one second
   * @return the card
   * @throws IllegalArgumentException as {@link #of(McpServer, String, String)} does
   */
  public static ServerCard of(McpServer server, String namespace, String url, Duration maxAge) {
    require(
        NAMESPACE.matcher(namespace).matches(),
        "namespace must be a domain in reverse such as" + " com.example, was " + namespace);
    String endpoint = EndpointPath.withoutSlash(checkUrl(url));
    ObjectNode card = card(server.info().toJson(), namespace, endpoint);
    return new ServerCard(card, catalog(card, namespace, endpoint), maxAge);
  }

  private static String checkUrl(String url) {
    URI uri = URI.create(url);
    boolean http = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
    require(
        http && uri.getHost() != null && uri.getRawQuery() == null && uri.getRawFragment() == null,
        "url must be an http or https URL without query and fragment, such as https://mcp.example.com/mcp, was "
            + url);
    return url;
  }

  private static ObjectNode card(ObjectNode info, String namespace, String url) {
    String own = info.path("name").asText();
    require(
        NAME.matcher(own).matches(),
        "the name of a server with a card must be of the characters" + " A-Z a-z 0-9 . _ -, was \""
            + Json.printable(own, 200) + "\"");
    String name = namespace + "/" + own;
    require(name.length() <= MAX_NAME, "name must be at most 200 characters, was " + name);
    String version = info.path("version").asText();
    require(
        version.length() <= MAX_VERSION && !RANGE.matcher(version).matches(),
        "version must be a single version of at most 255 characters, was " + version);
    requireText(info, "description", true);
    requireText(info, "title", false);
    ObjectNode card = Json.object().put("$schema", SCHEMA);
    card.setAll(info);
    card.put("name", name);
    ObjectNode remote = card.putArray("remotes").addObject();
    remote.put("type", "streamable-http").put("url", url);
    ArrayNode versions = remote.putArray("supportedProtocolVersions");
    for (ProtocolVersion supported : ProtocolVersion.of(Era.MODERN)) {
      versions.add(supported.toString());
    }
    return card;
  }

  private static void requireText(ObjectNode info, String member, boolean needed) {
    String text = info.path(member).textValue();
    boolean good = text == null ? !needed : !text.isEmpty() && text.length() <= MAX_TEXT;
    require(
        good,
        "the " + member + " of a server with a card must be 1 to 100 characters, "
            + (text == null ? "is missing" : "was " + text.length()));
  }

  private static ObjectNode catalog(ObjectNode card, String namespace, String url) {
    String name = card.path("name").asText();
    String own = name.substring(name.indexOf('/') + 1);
    ObjectNode catalog = Json.object().put("specVersion", "1.0");
    catalog
        .putArray("entries")
        .addObject()
        .put("identifier", "urn:air:" + reversed(namespace) + ":mcp:" + own)
        .put("displayName", card.path("title").asText(own))
        .put("type", CARD_TYPE)
        .put("url", url + PATH)
        .put("description", card.path("description").asText())
        .put("version", card.path("version").asText());
    return catalog;
  }

  /** Converts com.example to example.com. */
  private static String reversed(String namespace) {
    String[] labels = namespace.split("\\.", -1);
    StringBuilder domain = new StringBuilder(namespace.length());
    for (int i = labels.length - 1; i >= 0; i--) {
      domain.append(labels[i]).append(i == 0 ? "" : ".");
    }
    return domain.toString();
  }

  private static void require(boolean good, String message) {
    if (!good) {
      throw new IllegalArgumentException(message);
    }
  }

  /**
   * The card, for {@code document("/mcp" + ServerCard.PATH, card::card)}.
   *
   * @param request the request; not null
   * @return always the same document
   */
  public HttpDocument card(HttpRequest request) {
    Objects.requireNonNull(request, "request");
    return card;
  }

  /**
   * The catalogue, for {@code document(ServerCard.CATALOG_PATH, card::catalog)}.
   *
   * @param request the request; not null
   * @return always the same document
   */
  public HttpDocument catalog(HttpRequest request) {
    Objects.requireNonNull(request, "request");
    return catalog;
  }
}
