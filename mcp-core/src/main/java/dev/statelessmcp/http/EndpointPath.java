package dev.statelessmcp.http;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which paths are the endpoint's. Immutable. */
final class EndpointPath {
  private final @Nullable String path;

  /** Null for every path, but those at which clients look for an authorization server. */
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
      throw new IllegalArgumentException("the path must have letters, digits and -._~!$&'()+,=:@"
          + " between single slashes, since requests have no other, was "
          + path);
    }
    return kept;
  }

  /** A slash at the end makes no difference. */
  boolean isAt(String candidate) {
    return path == null ? !isProbe(candidate) : path.equals(withoutSlash(candidate));
  }

  /** What a client is told that asked for another path. */
  String elsewhere(String candidate) {
    String message = "There is no MCP endpoint at " + candidate;
    return isNamedTo(candidate) ? message + "; it is at " + path : message;
  }

  /** Whether it helps a client that asked for that path to learn the endpoint's. */
  boolean isNamedTo(String candidate) {
    return path != null && !isProbe(candidate);
  }

  /**
   * Whether clients look for an authorization server there: RFC 8414, RFC 9728 and OpenID Connect
   * Discovery, before or behind the path of the endpoint, and the default endpoints of OAuth.
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
