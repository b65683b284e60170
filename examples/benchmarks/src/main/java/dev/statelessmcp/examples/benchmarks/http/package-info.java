/** Measures servers under the load of {@code wrk} over HTTP. */
package dev.statelessmcp.examples.benchmarks.http;
