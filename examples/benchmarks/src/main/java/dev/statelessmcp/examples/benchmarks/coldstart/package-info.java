/**
 * Measures the cold start of Lambda functions: the time from the start of the process to the first
 * answer. Baselines are measured in the same run. Start reading at {@code Benchmark};
 * {@code Promises} has the project's goals.
 */
package dev.statelessmcp.examples.benchmarks.coldstart;
