/**
 * The echo server on the official Java SDK as a Lambda function, by a transport of its own. It is
 * what the benchmark compares this project's echo with.
 */
package dev.statelessmcp.examples.benchmarks.official;
