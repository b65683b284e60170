/** Long load tests, which check that servers do not leak resources. */
package dev.statelessmcp.examples.benchmarks.soak;
