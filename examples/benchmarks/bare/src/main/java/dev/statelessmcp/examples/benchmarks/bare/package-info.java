/**
 * Lambda functions without any MCP library, which answer the one request of the benchmark. They are
 * yardsticks for a cold start, not examples to follow.
 */
package dev.statelessmcp.examples.benchmarks.bare;
