package dev.statelessmcp.oauth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the metadata of an authorization server.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization/authorization-server-discovery#authorization-server-metadata-discovery">Authorization
 *     Server Metadata Discovery</a>
 */
final class IssuerMetadata {

  private IssuerMetadata() {}

  /** RFC 8414, and OpenID Connect Discovery with the path inserted and appended. */
  static List<URI> urls(String issuer) {
    URI uri = URI.create(issuer);
    String origin = Urls.origin(uri);
    String path = Urls.path(uri);
    List<URI> all = new ArrayList<>();
    all.add(URI.create(origin + "/.well-known/oauth-authorization-server" + path));
    all.add(URI.create(origin + "/.well-known/openid-configuration" + path));
    if (!path.isEmpty()) {
      all.add(URI.create(origin + path + "/.well-known/openid-configuration"));
    }
    return all;
  }

  /**
   * Fetches the metadata.
   *
   * @throws IOException if none is found whose {@code issuer} is exactly this
   */
  static ObjectNode fetch(String issuer, Fetcher fetcher) throws IOException {
    IOException why = null;
    for (URI url : urls(issuer)) {
      try {
        ObjectNode found = fetcher.json(url, null, null);
        // RFC 8414 3.3: "MUST be identical … If these values are not identical, the data …
        // MUST NOT be used"
        if (issuer.equals(found.path("issuer").textValue())) {
          return found;
        }
        why = new IOException(url + " names another issuer than " + issuer);
      } catch (Fetcher.StatusException e) {
        why = e; // try the next URL
      }
    }
    throw new IOException("the metadata of issuer " + issuer + " was not found", why);
  }

  /**
   * Returns a URL in the metadata.
   *
   * @throws IOException if it is missing or not allowed
   */
  static URI url(ObjectNode metadata, String name) throws IOException {
    String url = metadata.path(name).textValue();
    if (url == null) {
      throw new IOException(
          "the metadata of issuer " + metadata.path("issuer").textValue() + " has no " + name);
    }
    try {
      return Urls.require(name, url);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
