/**
 * The echo server on the official Java SDK as a Lambda function, with a transport written for it.
 * The benchmark compares this project's echo with it.
 */
package dev.statelessmcp.examples.benchmarks.official;
