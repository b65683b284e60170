package dev.statelessmcp.oauth;

import java.net.URI;
import java.net.URISyntaxException;
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

  /**
   * A URL in the form that a proof of a key is compared in, without query and fragment; a URL that
   * is not one of HTTP as it is.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc9449#section-4.3">"servers SHOULD employ
   *     syntax-based normalization … and scheme-based normalization"</a>
   */
  static String normalized(String url) {
    URI uri;
    try {
      uri = new URI(decodedUnreserved(withoutQuery(url)));
    } catch (URISyntaxException e) {
      return url;
    }
    String scheme = uri.getScheme();
    if (scheme == null || uri.getHost() == null || uri.getRawUserInfo() != null) {
      return url;
    }
    boolean usual = uri.getPort() == (scheme.equalsIgnoreCase("https") ? 443 : 80);
    String port = usual || uri.getPort() < 0 ? "" : ":" + uri.getPort();
    // Java's normalization would join slashes, which RFC 3986 does not
    URI path = uri.getRawPath().contains("//") ? uri : uri.normalize();
    return scheme.toLowerCase(Locale.ROOT) + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port
        + path(path);
  }

  private static String withoutQuery(String url) {
    for (int i = 0; i < url.length(); i++) {
      if (url.charAt(i) == '?' || url.charAt(i) == '#') {
        return url.substring(0, i);
      }
    }
    return url;
  }

  /** RFC 3986 6.2.2: escapes have large letters, and what needs none has none. */
  private static String decodedUnreserved(String url) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < url.length(); i++) {
      char c = url.charAt(i);
      if (c == '%' && i + 2 < url.length()) {
        String escape = url.substring(i, i + 3).toUpperCase(Locale.ROOT);
        int high = Character.digit(escape.charAt(1), 16);
        int low = Character.digit(escape.charAt(2), 16);
        int decoded = high < 0 || low < 0 ? -1 : high * 16 + low;
        boolean unreserved = (decoded >= 'a' && decoded <= 'z')
            || (decoded >= 'A' && decoded <= 'Z')
            || (decoded >= '0' && decoded <= '9')
            || (decoded >= 0 && "-._~".indexOf(decoded) >= 0);
        if (unreserved) {
          text.append((char) decoded);
        } else {
          text.append(escape);
        }
        i += 2;
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }
}
