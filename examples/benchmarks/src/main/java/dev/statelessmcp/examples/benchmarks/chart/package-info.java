/** Draws the measurements of the benchmarks. */
package dev.statelessmcp.examples.benchmarks.chart;
