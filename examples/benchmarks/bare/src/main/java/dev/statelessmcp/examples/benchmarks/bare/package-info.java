/**
 * Lambda functions without any MCP library, which answer the one request of the benchmark. They are
 * baselines for a cold start and not examples to copy.
 */
package dev.statelessmcp.examples.benchmarks.bare;
