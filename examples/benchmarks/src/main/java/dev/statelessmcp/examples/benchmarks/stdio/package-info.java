/**
 * Measures calls over a pipe, next to a bare loop that does the same. Start at {@code StdioMain}.
 */
package dev.statelessmcp.examples.benchmarks.stdio;
