package dev.statelessmcp.http;

import dev.statelessmcp.json.Json;
import java.util.List;
import java.util.Locale;

/**
 * Allows pages of other origins to call the endpoint and read its answers (CORS of the Fetch
 * standard), if {@link OriginPolicy} allows the origin.
 */
final class Cors {
  /** The headers that browser-based clients send. */
  static final String ALLOWED_HEADERS =
      "Content-Type, Accept, Authorization, DPoP, MCP-Protocol-Version, Mcp-Method, Mcp-Name,"
          + " Mcp-Session-Id, Last-Event-ID, traceparent, tracestate, baggage";

  private static final String EXPOSED_HEADERS =
      "WWW-Authenticate, DPoP-Nonce, Retry-After, Accept-Encoding, Mcp-Session-Id, MCP-Protocol-Version";

  private static final String TOKEN = "!#$%&'*+-.^_`|~";

  private Cors() {}

  /** Checks names of headers, and appends them to those that every page may send. */
  static String allowedHeaders(List<String> more) {
    StringBuilder all = new StringBuilder(ALLOWED_HEADERS);
    for (String name : more) {
      if (name.isEmpty() || !name.chars().allMatch(Cors::isToken)) {
        throw new IllegalArgumentException(
            "allowedHeaders: \"" + Json.printable(name, 64) + "\" is not a valid header name");
      }
      all.append(", ").append(name);
    }
    return all.toString();
  }

  private static boolean isToken(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || TOKEN.indexOf(c) >= 0;
  }

  static boolean isPreflight(HttpRequest request) {
    return request.method().equals("OPTIONS")
        && request.headers().value("Origin") != null
        && request.headers().value("Access-Control-Request-Method") != null;
  }

  static HttpHeaders preflight(HttpRequest request, String methods, String allowedHeaders) {
    HttpHeaders.Builder headers = HttpHeaders.builder();
    addTo(headers, request);
    headers.add("Access-Control-Allow-Methods", methods);
    headers.add("Access-Control-Allow-Headers", allowedHeaders + mirrored(request));
    headers.add("Access-Control-Max-Age", "7200");
    return headers.build();
  }

  /** The requested header names that begin with Mcp-Param-, which depend on the tools. */
  private static String mirrored(HttpRequest request) {
    String requested = request.headers().value("Access-Control-Request-Headers");
    StringBuilder more = new StringBuilder();
    if (requested != null) {
      for (String name : requested.split(",", -1)) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        if (lower.startsWith("mcp-param-") && lower.chars().noneMatch(c -> c <= ' ' || c > '~')) {
          more.append(", ").append(lower);
        }
      }
    }
    return more.toString();
  }

  /** Adds the headers of each answer to a page. */
  static void addTo(HttpHeaders.Builder headers, HttpRequest request) {
    String origin = request.headers().single("Origin");
    if (origin != null) {
      headers.add("Access-Control-Allow-Origin", origin);
      headers.add("Access-Control-Expose-Headers", EXPOSED_HEADERS);
      headers.add("Vary", "Origin");
    }
  }
}
