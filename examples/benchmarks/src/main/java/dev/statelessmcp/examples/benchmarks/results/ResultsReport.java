package dev.statelessmcp.examples.benchmarks.results;

import dev.statelessmcp.examples.benchmarks.results.Measurements.Comparison;
import dev.statelessmcp.examples.benchmarks.results.Measurements.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Prints measurements as tables in Markdown, and which goals are reached. */
final class ResultsReport {
  private static final double MANY = 100;
  private static final double SOME = 10;

  private final Measurements measurements;
  private final List<String> lines = new ArrayList<>();

  private ResultsReport(Measurements measurements) {
    this.measurements = measurements;
  }

  /**
   * One table for each benchmark and JDK: medians, and this project's figures relative to the
   * others.
   */
  static List<String> tables(Measurements measurements) {
    ResultsReport report = new ResultsReport(measurements);
    measurements.notes().forEach(report.lines::add);
    for (String benchmark : measurements.distinct(Measurement::benchmark, like(null, null, null))) {
      for (String jdk : measurements.distinct(Measurement::jdk, like(benchmark, null, null))) {
        report.table(benchmark, jdk);
      }
    }
    return report.lines;
  }

  private void table(String benchmark, String jdk) {
    lines.add("");
    lines.add("#### " + benchmark + ", JDK " + jdk);
    lines.add("");
    Measurement ofTable = like(benchmark, jdk, null);
    List<String> metrics = measurements.distinct(Measurement::metric, ofTable);
    row("case", "contender", metrics, metric -> metric + " | stateless-mcp / this");
    row("---", "---", metrics, metric -> "---: | ---:");
    for (String subject : measurements.distinct(Measurement::subject, ofTable)) {
      for (String contender : contenders(benchmark, jdk, subject)) {
        row(
            subject,
            contender,
            metrics,
            metric -> cells(benchmark, jdk, subject, contender, metric));
      }
    }
  }

  /** The contenders of a case, beginning with this project and its reference. */
  private List<String> contenders(String benchmark, String jdk, String subject) {
    return measurements.distinct(Measurement::contender, like(benchmark, jdk, subject)).stream()
        .sorted(Comparator.comparing((String it) -> !it.equals(Goals.OURS))
            .thenComparing(it -> !it.equals(Goals.BARE))
            .thenComparing(it -> it))
        .toList();
  }

  private void row(String first, String second, List<String> metrics, UnaryOperator<String> cell) {
    StringBuilder line = new StringBuilder("| " + first + " | " + second + " |");
    for (String metric : metrics) {
      line.append(' ').append(cell.apply(metric)).append(" |");
    }
    lines.add(line.toString());
  }

  private String cells(
      String benchmark, String jdk, String subject, String contender, String metric) {
    String figure = measurements
        .figure(benchmark, jdk, subject, contender, metric)
        .map(it -> number(it.median()))
        .orElse("");
    if (contender.equals(Goals.OURS)) {
      return figure + " | ";
    }
    String ratio = measurements
        .compared(
            benchmark,
            jdk,
            metric,
            new Side(subject, Goals.OURS),
            new Side(subject, contender),
            Comparison.RATIO)
        .map(it -> String.format(Locale.ROOT, "%.2f", it.median()))
        .orElse("");
    return figure + " | " + ratio;
  }

  /** The goals that were measured. */
  static List<String> goals(Measurements measurements) {
    ResultsReport report = new ResultsReport(measurements);
    report.lines.add("| goal | JDK | measured (quartiles) | bound | |");
    report.lines.add("| --- | --- | --- | --- | --- |");
    for (Goal goal : Goals.all()) {
      for (String jdk :
          measurements.distinct(Measurement::jdk, like(goal.benchmark(), null, null))) {
        report.goal(goal, jdk);
      }
    }
    return report.lines;
  }

  private void goal(Goal goal, String jdk) {
    Optional<Quartiles> measured = measured(goal, jdk, measurements);
    if (measured.isPresent()) {
      Quartiles it = measured.get();
      lines.add(String.format(
          Locale.ROOT,
          "| %s | %s | %s (%s to %s) | %s %s | %s |",
          goal.name(),
          jdk,
          precise(it.median()),
          precise(it.lower()),
          precise(it.upper()),
          goal.atLeast() ? "at least" : "at most",
          precise(goal.bound()),
          goal.isReached(it) ? "ok" : "MISSED"));
    }
  }

  /** Whether no goal that was measured is missed. */
  static boolean areGoalsReached(Measurements measurements) {
    for (Goal goal : Goals.all()) {
      for (String jdk :
          measurements.distinct(Measurement::jdk, like(goal.benchmark(), null, null))) {
        if (measured(goal, jdk, measurements).filter(it -> !goal.isReached(it)).isPresent()) {
          return false;
        }
      }
    }
    return true;
  }

  private static Optional<Quartiles> measured(Goal goal, String jdk, Measurements measurements) {
    return goal.isFor(jdk) ? goal.measured(measurements, jdk) : Optional.empty();
  }

  private static Measurement like(String benchmark, String jdk, String subject) {
    return new Measurement(benchmark, jdk, subject, null, null, 0, 0);
  }

  private static String number(double value) {
    String format = value >= MANY ? "%,.0f" : value >= SOME ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }

  private static String precise(double value) {
    return String.format(Locale.ROOT, Math.abs(value) >= SOME ? "%,.0f" : "%.3f", value);
  }
}
