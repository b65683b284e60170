package dev.statelessmcp.oauth;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Checks and compares the URLs of servers and issuers. */
final class Urls {

  private Urls() {}

  /**
   * Checks a URL: it must have {@code https}, or {@code http} on this machine.
   *
   * @param what its name, for the message
   * @throws IllegalArgumentException if it is not allowed
   */
  static URI require(String what, String url) {
    URI uri;
    try {
      uri = URI.create(url);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(what + " must be a URL, was \"" + url + "\"", e);
    }
    if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(
          what + " must be a URL with a host and without a fragment, was \"" + url + "\"");
    }
    if (!isSecure(uri)) {
      throw new IllegalArgumentException(
          what + " must begin with https:// unless its host is this machine, was \"" + url + "\"");
    }
    return uri;
  }

  /**
   * Checks a URL that is an identifier: RFC 8414 2 allows no query in an issuer.
   *
   * @throws IllegalArgumentException if it is not allowed, or has a query
   */
  static URI requireWithoutQuery(String what, String url) {
    URI uri = require(what, url);
    if (uri.getRawQuery() != null) {
      throw new IllegalArgumentException(what + " must have no query, was \"" + url + "\"");
    }
    return uri;
  }

  /** Whether a URL is protected against changes in transit. */
  static boolean isSecure(URI uri) {
    String scheme = uri.getScheme();
    return "https".equalsIgnoreCase(scheme)
        || ("http".equalsIgnoreCase(scheme) && isLoopback(uri.getHost()));
  }

  private static boolean isLoopback(@Nullable String host) {
    return host != null
        && (host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]"));
  }

  /** Scheme, host and port. */
  static String origin(URI uri) {
    return uri.getScheme() + "://" + uri.getRawAuthority();
  }

  /** The path without a trailing slash; empty for the root. */
  static String path(URI uri) {
    String path = uri.getRawPath();
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  /**
   * The canonical form, for comparison.
   *
   * @see <a
   *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization#canonical-server-uri">"implementations
   *     SHOULD accept uppercase scheme and host components"</a>
   */
  static String canonical(String resource) {
    int scheme = resource.indexOf("://");
    if (scheme < 0) {
      return resource;
    }
    int path = resource.indexOf('/', scheme + 3);
    int end = path < 0 ? resource.length() : path;
    String rest = resource.substring(end);
    String whole = resource.substring(0, end).toLowerCase(Locale.ROOT) + rest;
    return rest.endsWith("/") ? whole.substring(0, whole.length() - 1) : whole;
  }
}
