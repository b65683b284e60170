/**
 * MCP over HTTP with Jetty: a handler to mount in a server that exists, and a server of its own.
 *
 * <p>Read {@link dev.statelessmcp.jetty.McpHttpServer} to start one,
 * {@link dev.statelessmcp.jetty.McpHandler} to mount MCP beside other things.
 */
@NullMarked
package dev.statelessmcp.jetty;

import org.jspecify.annotations.NullMarked;
