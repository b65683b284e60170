/**
 * The vocabulary of MCP: revisions, error codes, what a request says about itself.
 *
 * <p>Read this package to find out what a client told about itself; who only writes tools needs
 * {@link dev.statelessmcp.protocol.McpException} at most.
 */
package dev.statelessmcp.protocol;
