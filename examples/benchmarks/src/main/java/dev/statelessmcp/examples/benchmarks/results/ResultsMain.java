package dev.statelessmcp.examples.benchmarks.results;

import java.io.IOException;
import java.nio.file.Path;

/** Prints the files that the benchmarks wrote. */
public final class ResultsMain {
  private static final String CHECK = "--check";
  private static final String SUMMARY = "--summary";

  private ResultsMain() {}

  /**
   * Prints tables and goals, and exits: with 0; with 1 if a file cannot be read, or if
   * {@code --check} is given and a goal is missed.
   *
   * @param arguments the files, and perhaps {@code --check}, or {@code --summary} for a short table
   *     alone
   */
  public static void main(String[] arguments) {
    Measurements measurements = new Measurements();
    boolean check = false;
    boolean summary = false;
    try {
      for (String argument : arguments) {
        if (argument.equals(CHECK)) {
          check = true;
        } else if (argument.equals(SUMMARY)) {
          summary = true;
        } else {
          measurements.read(Path.of(argument));
        }
      }
    } catch (IOException e) {
      System.err.println("benchmarks: " + e.getMessage());
      System.exit(1);
    }
    if (summary) {
      Summary.lines(measurements).forEach(System.out::println);
      return;
    }
    ResultsReport.tables(measurements).forEach(System.out::println);
    System.out.println();
    ResultsReport.goals(measurements).forEach(System.out::println);
    System.exit(check && !ResultsReport.areGoalsReached(measurements) ? 1 : 0);
  }
}
