/** MCP over the standard streams of a process, which a client starts as its child. */
@NullMarked
package dev.statelessmcp.stdio;

import org.jspecify.annotations.NullMarked;
