/**
 * What a protocol extension plugs in.
 *
 * <p>Read this package to implement an extension of MCP beside the server.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/versioning#extension-negotiation">Extension
 *     Negotiation</a>
 */
@NullMarked
package dev.statelessmcp.extension;

import org.jspecify.annotations.NullMarked;
