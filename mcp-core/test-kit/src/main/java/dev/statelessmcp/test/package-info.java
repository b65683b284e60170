/**
 * A client for tests of MCP servers: {@link dev.statelessmcp.test.McpTestClient}.
 *
 * <p>Failed assertions are {@link java.lang.AssertionError}s, so the kit works with every test
 * framework. Nothing here waits for a fixed time: a wait ends when what it waits for happens, or
 * fails when the time limit of the client is over. A task alone is asked for in the intervals that
 * its server names.
 */
@NullMarked
package dev.statelessmcp.test;

import org.jspecify.annotations.NullMarked;
