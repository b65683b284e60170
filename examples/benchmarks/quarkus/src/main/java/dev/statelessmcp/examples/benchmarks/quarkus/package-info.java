/** The tools of the benchmarks on the MCP server of Quarkus. */
package dev.statelessmcp.examples.benchmarks.quarkus;
