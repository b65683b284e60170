package dev.statelessmcp.examples.benchmarks.stdio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The command line: {@code run stdio --help}. */
public final class StdioMain {
  private static final int WARM_UP_ROUNDS = 4;
  private static final int IDLE_CALLS = 200;
  private static final long IDLE_MILLIS = 10;
  private static final double NANOS = 1e9;

  private StdioMain() {}

  /**
   * Measures, and prints a table.
   *
   * @param arguments {@code --rounds N}, {@code --calls N}, and {@code --java HOME}, which may be
   *     repeated
   * @throws Exception if a program fails
   */
  public static void main(String[] arguments) throws Exception {
    int rounds = 7;
    int blocks = 100;
    List<Path> homes = new ArrayList<>();
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      switch (arguments[i]) {
        case "--rounds" -> rounds = Integer.parseInt(arguments[i + 1]);
        case "--calls" -> blocks = Math.max(1, Integer.parseInt(arguments[i + 1]) / Calls.BLOCK);
        case "--java" -> homes.add(Path.of(arguments[i + 1]));
        default -> throw new IllegalArgumentException("unknown option " + arguments[i]);
      }
    }
    if (homes.isEmpty()) {
      homes.add(Path.of(System.getProperty("java.home")));
    }
    System.out.println("Pipelined `tools/call` of an echo over stdio, " + rounds + " rounds of "
        + blocks * Calls.BLOCK + " calls; ratios are to the bare loop in the same round, medians"
        + " and quartiles; " + Runtime.getRuntime().availableProcessors() + " processors.\n");
    System.out.println(
        "| JDK | revision | calls/s | bare, calls/s | throughput ratio | CPU a call, µs"
            + " | bare, µs | CPU ratio | first answer when idle, µs | bare, µs | ratio"
            + " | memory, MiB | bare, MiB |");
    System.out.println(
        "| --- | --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |");
    for (Path home : homes) {
      for (Calls calls : Calls.values()) {
        measure(home, calls, rounds, blocks);
      }
    }
  }

  private static void measure(Path home, Calls calls, int rounds, int blocks) throws Exception {
    try (Child ours = new Child(home, EchoServer.class);
        Child bare = new Child(home, BareLoop.class)) {
      requireSame(ours.answer(calls.line(7)), bare.answer(calls.line(7)));
      byte[] block = calls.block();
      for (int i = 0; i < WARM_UP_ROUNDS; i++) {
        ours.pipeline(block, blocks);
        bare.pipeline(block, blocks);
      }
      double[] oursNanos = new double[rounds];
      double[] bareNanos = new double[rounds];
      double[] ratios = new double[rounds];
      long oursCpu = ours.cpu().toNanos();
      long bareCpu = bare.cpu().toNanos();
      for (int i = 0; i < rounds; i++) {
        boolean oursFirst = i % 2 == 0;
        double first = (oursFirst ? ours : bare).pipeline(block, blocks);
        double second = (oursFirst ? bare : ours).pipeline(block, blocks);
        oursNanos[i] = oursFirst ? first : second;
        bareNanos[i] = oursFirst ? second : first;
        ratios[i] = bareNanos[i] / oursNanos[i];
      }
      double callsInAll = (double) rounds * blocks * Calls.BLOCK;
      double oursMicros = (ours.cpu().toNanos() - oursCpu) / callsInAll / 1000;
      double bareMicros = (bare.cpu().toNanos() - bareCpu) / callsInAll / 1000;
      double oursMemory = ours.memory();
      double bareMemory = bare.memory();
      int idleCalls = Math.min(IDLE_CALLS, 2 * blocks);
      double[] oursIdle = new double[idleCalls];
      double[] bareIdle = new double[idleCalls];
      for (int i = 0; i < idleCalls; i++) {
        Thread.sleep(IDLE_MILLIS);
        oursIdle[i] = ours.one(calls.line(i)) / 1000.0;
        Thread.sleep(IDLE_MILLIS);
        bareIdle[i] = bare.one(calls.line(i)) / 1000.0;
      }
      double perRound = blocks * Calls.BLOCK * NANOS;
      print(
          version(home),
          calls.version(),
          "%.0f".formatted(perRound / quantile(oursNanos, 2)),
          "%.0f".formatted(perRound / quantile(bareNanos, 2)),
          "**%.2f** (%.2f–%.2f)"
              .formatted(quantile(ratios, 2), quantile(ratios, 1), quantile(ratios, 3)),
          "%.2f".formatted(oursMicros),
          "%.2f".formatted(bareMicros),
          "%.2f".formatted(oursMicros / bareMicros),
          "%.0f".formatted(quantile(oursIdle, 2)),
          "%.0f".formatted(quantile(bareIdle, 2)),
          "%.2f".formatted(quantile(oursIdle, 2) / quantile(bareIdle, 2)),
          "%.0f".formatted(oursMemory),
          "%.0f".formatted(bareMemory));
    }
  }

  private static void requireSame(String ours, String bare) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    JsonNode one = mapper.readTree(ours);
    if (!one.equals(mapper.readTree(bare))) {
      throw new IOException("the answers differ:\n" + ours + "\n" + bare);
    }
  }

  /** Such as 25.0.1. */
  private static String version(Path home) throws IOException {
    for (String line : Files.readAllLines(home.resolve("release"))) {
      if (line.startsWith("JAVA_VERSION=")) {
        return line.substring("JAVA_VERSION=".length()).replace("\"", "");
      }
    }
    return home.toString();
  }

  private static double quantile(double[] values, int quarter) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(sorted.length - 1) * quarter / 4];
  }

  private static void print(String... cells) {
    System.out.println(String.format(Locale.ROOT, "| %s |", String.join(" | ", cells)));
  }
}
