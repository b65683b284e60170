/** Draws what the benchmarks measured. */
package dev.statelessmcp.examples.benchmarks.chart;
