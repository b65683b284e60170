package dev.statelessmcp.http;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Decides which paths belong to the endpoint. Immutable. */
final class EndpointPath {
  private final @Nullable String path;

  /** Null for all paths, except those at which clients look for an authorization server. */
  EndpointPath(@Nullable String path) {
    this.path = path;
  }

  /** See {@link StreamableHttp#path}. */
  static String checked(String path) {
    Objects.requireNonNull(path, "path");
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("the path must begin with /, was " + path);
    }
    String kept = path.length() > 1 && path.endsWith("/") ? withoutSlash(path) : path;
    boolean valid = !(kept + "/").contains("/./") && !(kept + "/").contains("/../");
    for (int i = 1; valid && i < kept.length(); i++) {
      char c = kept.charAt(i);
      valid = (c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (c >= '0' && c <= '9')
          || (c == '/' ? kept.charAt(i - 1) != '/' : "-._~!$&'()+,=:@".indexOf(c) >= 0);
    }
    if (!valid) {
      throw new IllegalArgumentException(
          "the path must have only letters, digits and -._~!$&'()+,=:@"
              + " between single slashes, was "
              + path);
    }
    return kept;
  }

  /** Whether the path is the endpoint's; a trailing slash is ignored. */
  boolean isAt(String candidate) {
    return path == null ? !isProbe(candidate) : path.equals(withoutSlash(candidate));
  }

  /** The error message for a request for another path. */
  String elsewhere(String candidate) {
    String message = "There is no MCP endpoint at " + candidate;
    return isNamedTo(candidate) ? message + "; it is at " + path : message;
  }

  /** Whether the error message for that path names the path of the endpoint. */
  boolean isNamedTo(String candidate) {
    return path != null && !isProbe(candidate);
  }

  /**
   * Whether clients look for an authorization server at the path: the paths of RFC 8414, RFC 9728
   * and OpenID Connect Discovery, before or after the path of the endpoint, and the default
   * endpoints of OAuth.
   *
   * @see <a
   *     href="https://modelcontextprotocol.io/specification/2025-03-26/basic/authorization#fallbacks-for-servers-without-metadata-discovery">Fallbacks
   *     for Servers without Metadata Discovery</a>
   */
  private static boolean isProbe(String candidate) {
    String end = withoutSlash(candidate);
    if (end.contains("/.well-known/")) {
      return true;
    }
    return switch (end.substring(end.lastIndexOf('/') + 1)) {
      case ".well-known",
          "authorize",
          "device_authorization",
          "introspect",
          "jwks",
          "jwks.json",
          "register",
          "revoke",
          "token",
          "userinfo" -> true;
      default -> false;
    };
  }

  static String withoutSlash(String path) {
    int end = path.length();
    while (end > 1 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end);
  }
}
