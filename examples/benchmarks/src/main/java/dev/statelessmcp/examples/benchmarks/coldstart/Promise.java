package dev.statelessmcp.examples.benchmarks.coldstart;

import dev.statelessmcp.examples.benchmarks.results.Quartiles;

/**
 * A goal of the project, and the measured value.
 *
 * @param name the figure, with its unit if it has one
 * @param setting where it was measured
 * @param bound the maximum value that meets the goal, inclusive
 * @param decimals the number of decimals to print
 */
record Promise(String name, String setting, Quartiles measured, double bound, int decimals) {

  boolean isKept() {
    return measured.median() <= bound;
  }

  /** Whether the figure is a single value, which does not vary between runs. */
  boolean isSingle() {
    return measured.lower() == measured.upper();
  }
}
