/**
 * The vocabulary of MCP: revisions, error codes, and what a request says about itself and its
 * client.
 *
 * <p>Read this package if a handler needs the client's version, name or capabilities. Most tools
 * need {@link dev.statelessmcp.protocol.McpException} at most.
 */
@NullMarked
package dev.statelessmcp.protocol;

import org.jspecify.annotations.NullMarked;
