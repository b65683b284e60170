/** The same three tools on this project's HTTP server and on bare Jetty, for the benchmarks. */
package dev.statelessmcp.examples.benchmarks.servers;
