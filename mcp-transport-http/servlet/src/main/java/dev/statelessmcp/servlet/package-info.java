/** Serves an MCP server from a servlet container. */
@NullMarked
package dev.statelessmcp.servlet;

import org.jspecify.annotations.NullMarked;
