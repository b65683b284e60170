/**
 * JSON-RPC 2.0 messages and their codec. Nothing here depends on MCP.
 *
 * <p>Read this package if you write a transport. Tools do not need it.
 */
@NullMarked
package dev.statelessmcp.jsonrpc;

import org.jspecify.annotations.NullMarked;
