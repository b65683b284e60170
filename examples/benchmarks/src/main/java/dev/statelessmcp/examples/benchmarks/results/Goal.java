package dev.statelessmcp.examples.benchmarks.results;

import java.util.Optional;

/**
 * A goal of the project: a figure, or its comparison with another one of the same round.
 *
 * @param benchmark the benchmark that measures it
 * @param jdk the only JDK that it is for; null for every one
 * @param metric the metric
 * @param ours the case and contender of the figure
 * @param other those that it is compared with; null for none
 * @param comparison the kind of comparison; null for none
 * @param atLeast true if the bound is the minimum, false if it is the maximum
 * @param bound the bound, inclusive
 */
record Goal(
    String benchmark,
    String jdk,
    String metric,
    Measurements.Side ours,
    Measurements.Side other,
    Measurements.Comparison comparison,
    boolean atLeast,
    double bound) {

  boolean isFor(String candidate) {
    return jdk == null || jdk.equals(candidate);
  }

  /** Returns the measured value, if there is one. */
  Optional<Quartiles> measured(Measurements measurements, String onJdk) {
    return other == null
        ? measurements.figure(benchmark, onJdk, ours.subject(), ours.contender(), metric)
        : measurements.compared(benchmark, onJdk, metric, ours, other, comparison);
  }

  boolean isReached(Quartiles measured) {
    return atLeast ? measured.median() >= bound : measured.median() <= bound;
  }

  /** Returns the goal in words, without the bound. */
  String name() {
    String name = benchmark + ", " + ours.subject() + ": " + metric;
    if (other == null) {
      return name;
    }
    String sign = comparison == Measurements.Comparison.RATIO ? " / " : " - ";
    String reference = other.subject().equals(ours.subject())
        ? other.contender()
        : "the same with " + other.subject();
    return name + sign + reference;
  }
}
