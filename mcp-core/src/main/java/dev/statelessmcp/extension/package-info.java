/**
 * Extensions of the protocol: methods, results and subscriptions that a server adds to MCP.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/versioning#extension-negotiation">Extension
 *     Negotiation</a>
 */
@NullMarked
package dev.statelessmcp.extension;

import org.jspecify.annotations.NullMarked;
