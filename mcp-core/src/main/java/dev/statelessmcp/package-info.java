/**
 * The Model Context Protocol served as a function: one request in, some notifications on the way,
 * one response out.
 *
 * <p>Start reading at {@link dev.statelessmcp.McpServer}.
 */
@NullMarked
package dev.statelessmcp;

import org.jspecify.annotations.NullMarked;
