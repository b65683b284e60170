package dev.statelessmcp.examples.benchmarks.results;

import java.util.stream.DoubleStream;

/** The median and the quartiles of some numbers. */
public record Quartiles(double lower, double median, double upper) {

  /**
   * Computes the quartiles, by linear interpolation.
   *
   * @throws IllegalArgumentException if there are no numbers
   */
  public static Quartiles of(DoubleStream numbers) {
    double[] sorted = numbers.sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("there must be at least one number");
    }
    return new Quartiles(at(sorted, 0.25), at(sorted, 0.5), at(sorted, 0.75));
  }

  private static double at(double[] sorted, double part) {
    double index = part * (sorted.length - 1);
    int below = (int) index;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (index - below) * (sorted[above] - sorted[below]);
  }
}
