/** Metrics of an MCP server for Micrometer. */
package dev.statelessmcp.micrometer;
