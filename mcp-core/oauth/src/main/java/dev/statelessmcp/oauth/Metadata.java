package dev.statelessmcp.oauth;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.http.HttpDocument;
import dev.statelessmcp.http.HttpRequest;
import dev.statelessmcp.json.Json;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of a protected resource, and the paths at which it is served. Immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9728">OAuth 2.0 Protected Resource Metadata</a>
 */
final class Metadata implements Function<HttpRequest, @Nullable HttpDocument> {
  static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

  private final HttpDocument document;
  private final String url;
  private final String path;

  /**
   * Creates the metadata of a resource.
   *
   * @param url the URL for clients; null for the well-known URL of RFC 9728
   */
  Metadata(URI resource, @Nullable String url, ObjectNode json) {
    this.document = HttpDocument.json(json).maxAge(Duration.ofHours(1));
    this.path = Urls.path(resource);
    this.url = url != null ? url : Urls.origin(resource) + WELL_KNOWN + path;
  }

  static void put(ObjectNode json, String name, List<String> values) {
    if (!values.isEmpty()) {
      ArrayNode array = json.putArray(name);
      for (String value : values) {
        array.add(value);
      }
    }
  }

  /** The URL for clients. */
  String url() {
    return url;
  }

  /**
   * The paths at which it is served. A server behind a stage, a base path or a mount path sees only
   * the end of the public path, so each suffix of it is served.
   *
   * <p>It is also served below the endpoint: API Gateway treats the first segment of a path as the
   * stage, so it cannot route {@code /.well-known} of its host, but routes paths below the
   * endpoint.
   */
  Map<String, Function<HttpRequest, @Nullable HttpDocument>> documents() {
    Map<String, Function<HttpRequest, @Nullable HttpDocument>> all = new HashMap<>();
    all.put(WELL_KNOWN, this);
    String end = path;
    while (!end.isEmpty()) {
      all.put(WELL_KNOWN + end, this);
      all.put(end + WELL_KNOWN, this);
      int next = end.indexOf('/', 1);
      end = next < 0 ? "" : end.substring(next);
    }
    return all;
  }

  @Override
  public HttpDocument apply(HttpRequest request) {
    return document;
  }

  /** The members that do not depend on a setting. */
  static ObjectNode json(String resource, List<String> servers) {
    ObjectNode json = Json.object().put("resource", resource);
    put(json, "authorization_servers", servers);
    put(json, "bearer_methods_supported", List.of("header"));
    return json;
  }
}
