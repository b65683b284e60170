package dev.statelessmcp.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;

/**
 * The two ways in which revisions of MCP convey version, client information and capabilities.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/versioning#terminology">Terminology</a>
 */
public enum Era {
  /** With every request, in {@code _meta} (2026-07-28). */
  MODERN,
  /** Once, by {@code initialize} (2025-11-25 and earlier). */
  LEGACY;

  /**
   * Returns the era of a request: {@link #MODERN} if its {@code _meta} has a reserved request key,
   * or its version header names a modern revision, or its method exists only in the modern era.
   *
   * @param request the request; not null
   * @param versionHeader the {@code MCP-Protocol-Version} header; null if there is none
   * @return the era; never null
   * @see <a
   *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/versioning#backward-compatibility-with-initialization-based-versions">"A
   *     request carrying modern per-request _meta is served statelessly according to this
   *     revision"</a>
   */
  public static Era of(JsonRpcMessage.Request request, String versionHeader) {
    boolean modern = isModern(versionHeader)
        || hasModernMeta(request.params())
        || request.method().equals("server/discover")
        || request.method().equals("subscriptions/listen");
    return modern ? MODERN : LEGACY;
  }

  /**
   * Returns whether a version header names a modern revision that this library supports.
   *
   * @param versionHeader the {@code MCP-Protocol-Version} header; null if there is none
   * @return true if it does
   */
  public static boolean isModern(String versionHeader) {
    ProtocolVersion version = ProtocolVersion.of(versionHeader).orElse(null);
    return version != null && version.era() == MODERN;
  }

  private static boolean hasModernMeta(ObjectNode params) {
    return params.get("_meta") instanceof ObjectNode meta
        && (meta.has(RequestMeta.PROTOCOL_VERSION)
            || meta.has(RequestMeta.CLIENT_INFO)
            || meta.has(RequestMeta.CLIENT_CAPABILITIES)
            || meta.has(RequestMeta.LOG_LEVEL));
  }
}
