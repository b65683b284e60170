package dev.statelessmcp.examples.benchmarks.coldstart;

/**
 * Something that the project claims about itself, and what was measured.
 *
 * @param name with the unit, if it has one
 * @param setting where it was measured
 * @param bound the largest value that keeps the promise
 * @param decimals as many as are of interest
 */
record Promise(String name, String setting, Quartiles measured, double bound, int decimals) {

  boolean isKept() {
    return measured.median() <= bound;
  }

  /** Whether it was measured once, and does not vary. */
  boolean isSingle() {
    return measured.lower() == measured.upper();
  }
}
