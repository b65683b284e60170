/** Serves an MCP server from a servlet container. */
package dev.statelessmcp.servlet;
