/**
 * Measures how long a Lambda function's first answer takes from nothing, next to yardsticks that
 * are measured in the same minute. Start reading at {@code Benchmark}; {@code Promises} has what
 * the project claims.
 */
package dev.statelessmcp.examples.benchmarks.coldstart;
