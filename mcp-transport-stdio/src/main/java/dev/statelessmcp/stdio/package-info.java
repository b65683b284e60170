/**
 * MCP over the standard streams of a process.
 *
 * <p>Read this package to have a client start your server as a child process.
 */
@NullMarked
package dev.statelessmcp.stdio;

import org.jspecify.annotations.NullMarked;
