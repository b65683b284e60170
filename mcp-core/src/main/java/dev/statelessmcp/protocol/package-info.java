/**
 * The vocabulary of MCP: revisions, error codes, and the metadata of requests: the client's
 * version, name and capabilities.
 */
@NullMarked
package dev.statelessmcp.protocol;

import org.jspecify.annotations.NullMarked;
