package dev.statelessmcp.protocol;

import org.jspecify.annotations.Nullable;

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
   * Returns whether a version header names a modern revision that this library supports.
   *
   * @param versionHeader the {@code MCP-Protocol-Version} header; null if there is none
   * @return true if it does
   */
  public static boolean isModern(@Nullable String versionHeader) {
    ProtocolVersion version = ProtocolVersion.of(versionHeader).orElse(null);
    return version != null && version.era() == MODERN;
  }
}
