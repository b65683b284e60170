/** JSON-RPC 2.0 messages and their codec, for transports. This package does not depend on MCP. */
@NullMarked
package dev.statelessmcp.jsonrpc;

import org.jspecify.annotations.NullMarked;
