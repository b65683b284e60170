package dev.statelessmcp.examples.benchmarks.http;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The options of the command line.
 *
 * @param rounds how often each server does everything
 * @param seconds how long it does each thing
 * @param javaHomes the JDKs; not empty
 * @param contenders the servers
 * @param scenarios what they do
 * @param quick whether the servers stay the same processes in all rounds
 * @param out the file for the measurements
 */
record HttpOptions(
    int rounds,
    int seconds,
    List<Path> javaHomes,
    List<Contender> contenders,
    List<Scenario> scenarios,
    boolean quick,
    Path out) {
  private static final int DEFAULT_ROUNDS = 5;
  private static final int DEFAULT_SECONDS = 5;
  private static final int QUICK_ROUNDS = 3;
  private static final int QUICK_SECONDS = 2;

  /**
   * Reads the words of a command line.
   *
   * @throws IllegalArgumentException if they are not valid, with a message for the user
   */
  static HttpOptions parse(String... words) {
    boolean quick = List.of(words).contains("--quick");
    int rounds = quick ? QUICK_ROUNDS : DEFAULT_ROUNDS;
    int seconds = quick ? QUICK_SECONDS : DEFAULT_SECONDS;
    List<Path> javaHomes = new ArrayList<>();
    List<Contender> contenders = new ArrayList<>();
    List<Scenario> scenarios = new ArrayList<>();
    Path out = Path.of("target", "results", "http.tsv");
    for (int i = 0; i < words.length; i += 2) {
      String option = words[i];
      if (option.equals("--quick")) {
        i--; // it has no value
        continue;
      }
      if (i + 1 == words.length) {
        throw new IllegalArgumentException(option + " needs a value");
      }
      String value = words[i + 1];
      switch (option) {
        case "--rounds" -> rounds = number(option, value);
        case "--seconds" -> seconds = number(option, value);
        case "--java" -> javaHomes.add(Path.of(value));
        case "--server" -> contenders.add(contender(value));
        case "--case" -> scenarios.add(scenario(value));
        case "--out" -> out = Path.of(value);
        default -> throw new IllegalArgumentException("unknown option \"" + option + "\"");
      }
    }
    if (javaHomes.isEmpty()) {
      javaHomes.add(Path.of(System.getProperty("java.home")));
    }
    return new HttpOptions(
        rounds,
        seconds,
        javaHomes,
        contenders.isEmpty() ? List.of(Contender.values()) : contenders,
        scenarios.isEmpty() ? List.of(Scenario.values()) : scenarios,
        quick,
        out);
  }

  private static int number(String option, String value) {
    try {
      int number = Integer.parseInt(value);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // reported below
    }
    throw new IllegalArgumentException(
        option + " must be a number of at least 1, was \"" + value + "\"");
  }

  private static Contender contender(String value) {
    for (Contender contender : Contender.values()) {
      if (contender.label().equals(value)) {
        return contender;
      }
    }
    throw new IllegalArgumentException("--server must be one of "
        + Arrays.stream(Contender.values()).map(Contender::label).toList() + ", was \"" + value
        + "\"");
  }

  private static Scenario scenario(String value) {
    for (Scenario scenario : Scenario.values()) {
      if (scenario.option().equals(value)) {
        return scenario;
      }
    }
    throw new IllegalArgumentException("--case must be one of "
        + Arrays.stream(Scenario.values()).map(Scenario::option).toList() + ", was \"" + value
        + "\"");
  }
}
