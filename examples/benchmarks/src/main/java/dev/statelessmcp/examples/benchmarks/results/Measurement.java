package dev.statelessmcp.examples.benchmarks.results;

import java.util.Locale;

/**
 * One figure of one round.
 *
 * @param benchmark such as {@code http}
 * @param jdk the feature number of the JDK, such as {@code 25}
 * @param subject the case
 * @param contender the contender
 * @param metric the metric and its unit
 * @param round from 1; figures of one round are compared with each other
 * @param value the figure
 */
public record Measurement(
    String benchmark,
    String jdk,
    String subject,
    String contender,
    String metric,
    int round,
    double value) {
  private static final int COLUMNS = 7;

  /** Returns the line of a file. */
  String line() {
    return String.join(
        "\t",
        benchmark,
        jdk,
        subject,
        contender,
        metric,
        Integer.toString(round),
        String.format(Locale.ROOT, "%.3f", value));
  }

  /**
   * Reads the line of a file.
   *
   * @throws IllegalArgumentException if it is not such a line
   */
  static Measurement parse(String line) {
    String[] cells = line.split("\t", -1);
    if (cells.length != COLUMNS) {
      throw new IllegalArgumentException(
          "a measurement must have " + COLUMNS + " columns, was: " + line);
    }
    return new Measurement(
        cells[0],
        cells[1],
        cells[2],
        cells[3],
        cells[4],
        Integer.parseInt(cells[5]),
        Double.parseDouble(cells[6]));
  }
}
