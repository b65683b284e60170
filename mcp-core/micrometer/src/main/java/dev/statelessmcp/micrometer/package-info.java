/** Metrics of an MCP server for Micrometer. */
@NullMarked
package dev.statelessmcp.micrometer;

import org.jspecify.annotations.NullMarked;
