/**
 * MCP over HTTP with Jetty: {@link dev.statelessmcp.jetty.McpHttpServer} is a complete server,
 * {@link dev.statelessmcp.jetty.McpHandler} a handler for an existing Jetty server.
 */
@NullMarked
package dev.statelessmcp.jetty;

import org.jspecify.annotations.NullMarked;
