/**
 * JSON-RPC 2.0 messages and their codec; it knows nothing of MCP.
 *
 * <p>Read this package if you write a transport; who writes tools never meets it.
 */
package dev.statelessmcp.jsonrpc;
