package dev.statelessmcp.examples.benchmarks.results;

import dev.statelessmcp.examples.benchmarks.results.Measurements.Comparison;
import dev.statelessmcp.examples.benchmarks.results.Measurements.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The short table of {@code docs/performance.md}: the figures of this project relative to the
 * others.
 */
final class Summary {
  /** The figures in the table. */
  private static final List<Figure> FIGURES = List.of(
      new Figure("http", "calls/s", "HTTP", "calls per second"),
      new Figure("http", "CPU, µs/call", "HTTP", "CPU time per call"),
      new Figure("stdio", "calls/s", "stdio", "calls per second"),
      new Figure("dispatch", "µs/call", "in process", "time of a call"));

  private final Measurements measurements;
  private final List<String> lines = new ArrayList<>();

  private Summary(Measurements measurements) {
    this.measurements = measurements;
  }

  private record Figure(String benchmark, String metric, String where, String what) {}

  /** One row for each case, figure and JDK; a column for each of the others. */
  static List<String> lines(Measurements measurements) {
    Summary summary = new Summary(measurements);
    List<String> others = measurements
        .distinct(Measurement::contender, new Measurement(null, null, null, null, null, 0, 0))
        .stream()
        .filter(it -> !it.equals(Goals.OURS))
        .toList();
    summary.lines.add("| this library, relative to | JDK | " + String.join(" | ", others) + " |");
    summary.lines.add("| --- | --- |" + " ---: |".repeat(others.size()));
    for (Figure figure : FIGURES) {
      summary.add(figure, others);
    }
    return summary.lines;
  }

  private void add(Figure figure, List<String> others) {
    Measurement ofFigure =
        new Measurement(figure.benchmark(), null, null, Goals.OURS, figure.metric(), 0, 0);
    for (String subject : measurements.distinct(Measurement::subject, ofFigure)) {
      for (String jdk : measurements.distinct(Measurement::jdk, ofFigure)) {
        StringBuilder cells = new StringBuilder();
        boolean compared = false;
        for (String other : others) {
          String cell = measurements
              .compared(
                  figure.benchmark(),
                  jdk,
                  figure.metric(),
                  new Side(subject, Goals.OURS),
                  new Side(subject, other),
                  Comparison.RATIO)
              .map(it -> String.format(Locale.ROOT, "%.2f", it.median()))
              .orElse("");
          compared |= !cell.isEmpty();
          cells.append(' ').append(cell).append(" |");
        }
        if (compared) {
          lines.add("| " + figure.where() + ", " + subject + ": " + figure.what() + " | " + jdk
              + " |" + cells);
        }
      }
    }
  }
}
