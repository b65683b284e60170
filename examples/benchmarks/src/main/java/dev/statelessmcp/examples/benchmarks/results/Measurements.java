package dev.statelessmcp.examples.benchmarks.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** The measurements of some benchmarks, in the order in which they were made. */
public final class Measurements {
  private final List<String> notes = new ArrayList<>();
  private final List<Measurement> all = new ArrayList<>();

  /** Creates an empty collection. */
  public Measurements() {}

  /**
   * Adds a line about the machine or the settings.
   *
   * @param note one line
   */
  public void note(String note) {
    notes.add(note);
  }

  /**
   * Adds a measurement.
   *
   * @param measurement the measurement
   */
  public void add(Measurement measurement) {
    all.add(measurement);
  }

  /**
   * Adds the measurements of a file.
   *
   * @param file the file
   * @throws IOException if it cannot be read, or is not such a file
   */
  public void read(Path file) throws IOException {
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("#")) {
        note(line.substring(1).strip());
      } else if (!line.isBlank()) {
        try {
          add(Measurement.parse(line));
        } catch (IllegalArgumentException e) {
          throw new IOException(file + ": " + e.getMessage(), e);
        }
      }
    }
  }

  /**
   * Writes a file. Its folder is created.
   *
   * @param file the file
   * @throws IOException if it cannot be written
   */
  public void write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(
        file,
        Stream.concat(notes.stream().map(note -> "# " + note), all.stream().map(Measurement::line))
            .toList());
  }

  List<String> notes() {
    return notes;
  }

  /** The different values of a column, among the measurements that have given values in others. */
  List<String> distinct(Function<Measurement, String> column, Measurement like) {
    return all.stream().filter(it -> matches(it, like)).map(column).distinct().toList();
  }

  private static boolean matches(Measurement candidate, Measurement like) {
    return (like.benchmark() == null || like.benchmark().equals(candidate.benchmark()))
        && (like.jdk() == null || like.jdk().equals(candidate.jdk()))
        && (like.subject() == null || like.subject().equals(candidate.subject()))
        && (like.contender() == null || like.contender().equals(candidate.contender()))
        && (like.metric() == null || like.metric().equals(candidate.metric()));
  }

  /** The figures by round. */
  private SortedMap<Integer, Double> rounds(
      String benchmark, String jdk, String subject, String contender, String metric) {
    Measurement like = new Measurement(benchmark, jdk, subject, contender, metric, 0, 0);
    SortedMap<Integer, Double> rounds = new TreeMap<>();
    for (Measurement measurement : all) {
      if (matches(measurement, like)) {
        rounds.put(measurement.round(), measurement.value());
      }
    }
    return rounds;
  }

  /** The quartiles of a figure over the rounds; empty if it was not measured. */
  Optional<Quartiles> figure(
      String benchmark, String jdk, String subject, String contender, String metric) {
    return quartiles(
        rounds(benchmark, jdk, subject, contender, metric).values().stream().mapToDouble(it -> it));
  }

  /**
   * The quartiles of a comparison of two contenders within each round; empty if there is no round
   * with both.
   */
  Optional<Quartiles> compared(
      String benchmark, String jdk, String metric, Side ours, Side other, Comparison comparison) {
    SortedMap<Integer, Double> mine =
        rounds(benchmark, jdk, ours.subject(), ours.contender(), metric);
    SortedMap<Integer, Double> others =
        rounds(benchmark, jdk, other.subject(), other.contender(), metric);
    DoubleStream.Builder values = DoubleStream.builder();
    mine.forEach((round, value) -> {
      Double reference = others.get(round);
      if (reference != null) {
        values.add(comparison == Comparison.RATIO ? value / reference : value - reference);
      }
    });
    return quartiles(values.build());
  }

  private static Optional<Quartiles> quartiles(DoubleStream values) {
    double[] array = values.toArray();
    return array.length == 0 ? Optional.empty() : Optional.of(Quartiles.of(DoubleStream.of(array)));
  }

  /** One side of a comparison. */
  record Side(String subject, String contender) {}

  /** How two figures are compared. */
  enum Comparison {
    RATIO,
    DIFFERENCE
  }
}
