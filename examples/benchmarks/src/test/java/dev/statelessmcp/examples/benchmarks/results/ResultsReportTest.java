package dev.statelessmcp.examples.benchmarks.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables, goals and files. */
class ResultsReportTest {
  private static final String ECHO = "echo, 8 connections";
  private final Measurements measurements = new Measurements();

  private void add(String contender, String metric, double... values) {
    for (int round = 1; round <= values.length; round++) {
      measurements.add(
          new Measurement("http", "25", ECHO, contender, metric, round, values[round - 1]));
    }
  }

  @Test
  void ratiosAreOfTheSameRound() {
    add("bare", "calls/s", 1_000, 2_000, 4_000);
    add("stateless-mcp", "calls/s", 500, 2_000, 8_000);
    assertEquals(
        List.of(
            "",
            "#### http, JDK 25",
            "",
            "| case | contender | calls/s | stateless-mcp / this |",
            "| --- | --- | ---: | ---: |",
            "| echo, 8 connections | stateless-mcp | 2,000 |  |",
            "| echo, 8 connections | bare | 2,000 | 1.00 |"),
        ResultsReport.tables(measurements));
  }

  @Test
  void aGoalSaysWhatWasMeasured() {
    add("bare", "calls/s", 1_000, 1_000, 1_000);
    add("stateless-mcp", "calls/s", 890, 910, 900);
    assertEquals(
        "| http, echo, 8 connections: calls/s / bare | 25 | 0.900 (0.895 to 0.905) | at least 0.900 | ok |",
        ResultsReport.goals(measurements).get(2));
    assertTrue(ResultsReport.areGoalsReached(measurements));
  }

  @Test
  void theSummaryHasOneRowForWhatIsCompared() {
    add("bare", "calls/s", 1_000, 1_000);
    add("quarkus", "calls/s", 500, 500);
    add("stateless-mcp", "calls/s", 900, 1_000);
    add("stateless-mcp", "CPU, µs/call", 30); // no baseline
    assertEquals(
        List.of(
            "| this library, relative to | JDK | bare | quarkus |",
            "| --- | --- | ---: | ---: |",
            "| HTTP, echo, 8 connections: calls per second | 25 | 0.95 | 1.90 |"),
        Summary.lines(measurements));
  }

  @Test
  void aMissedGoalIsSaid() {
    add("bare", "p99, ms", 1);
    add("stateless-mcp", "p99, ms", 1.5);
    assertEquals(
        "| http, echo, 8 connections: p99, ms / bare | 25 | 1.500 (1.500 to 1.500) | at most 1.200 | MISSED |",
        ResultsReport.goals(measurements).get(2));
    assertFalse(ResultsReport.areGoalsReached(measurements));
  }

  @Test
  void missingMeasurementsAreNotJudged() {
    add("stateless-mcp", "calls/s", 1);
    assertEquals(2, ResultsReport.goals(measurements).size());
    assertTrue(ResultsReport.areGoalsReached(measurements));
  }

  @Test
  void aFileHasWhatWasWritten(@TempDir Path folder) throws IOException {
    measurements.note("a machine");
    add("bare", "calls/s", 1, 2.5);
    Path file = folder.resolve("new").resolve("http.tsv");
    measurements.write(file);
    Measurements read = new Measurements();
    read.read(file);
    assertEquals(ResultsReport.tables(measurements), ResultsReport.tables(read));
    assertEquals(
        List.of(
            "# a machine",
            "http\t25\techo, 8 connections\tbare\tcalls/s\t1\t1.000",
            "http\t25\techo, 8 connections\tbare\tcalls/s\t2\t2.500"),
        Files.readAllLines(file));
  }

  @Test
  void saysWhichFileIsWrong(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("x.tsv"), "http\t25\n");
    IOException failure = assertThrows(IOException.class, () -> new Measurements().read(file));
    assertEquals(file + ": a measurement must have 7 columns, was: http\t25", failure.getMessage());
  }
}
