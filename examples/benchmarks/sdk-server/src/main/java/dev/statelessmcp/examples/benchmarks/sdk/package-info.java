/** The tools of the benchmarks on the official Java SDK. */
package dev.statelessmcp.examples.benchmarks.sdk;
