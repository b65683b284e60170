package dev.statelessmcp.examples.benchmarks.http;

import dev.statelessmcp.examples.benchmarks.results.JavaHome;
import dev.statelessmcp.examples.benchmarks.results.Measurement;
import dev.statelessmcp.examples.benchmarks.results.Measurements;
import dev.statelessmcp.examples.benchmarks.results.ResidentMemory;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Runs all servers on one JDK. In each round a server is a new process (except with
 * {@code --quick}), which is warmed up first. Each case then runs on all servers one after the
 * other in random order, so that other load on the machine affects all of them.
 */
final class HttpBenchmark {
  /** The flags of every JVM, but in the case of a small heap. */
  static final List<String> FLAGS = List.of("-Xmx512m");

  private static final List<String> SMALL_HEAP = List.of("-Xmx64m");
  private static final int WARM_UP_CONNECTIONS = 32;
  private static final int WARM_UP_SECONDS = 5;
  private static final double MICROS_PER_SECOND = 1_000_000;

  private final HttpOptions options;
  private final List<Contender> contenders;
  private final Path javaHome;
  private final Path java;
  private final String jdk;
  private final Measurements measurements;
  private final Consumer<String> progress;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Path scratch = Files.createTempDirectory("benchmarks-");

  HttpBenchmark(
      HttpOptions options,
      List<Contender> contenders,
      Path javaHome,
      Measurements measurements,
      Consumer<String> progress)
      throws IOException {
    this.options = options;
    this.contenders = contenders;
    this.javaHome = javaHome;
    java = javaHome.resolve("bin").resolve("java");
    jdk = JavaHome.feature(javaHome);
    this.measurements = measurements;
    this.progress = progress;
  }

  void run() throws IOException, InterruptedException {
    try {
      if (options.quick()) {
        rounds(1, options.rounds());
      } else {
        for (int round = 1; round <= options.rounds(); round++) {
          rounds(round, round);
        }
      }
    } finally {
      delete();
    }
  }

  /** Some rounds with the same processes. */
  private void rounds(int first, int last) throws IOException, InterruptedException {
    List<Scenario> withSmallHeap =
        options.scenarios().stream().filter(Scenario::isSmallHeap).toList();
    List<Scenario> others =
        options.scenarios().stream().filter(it -> !it.isSmallHeap()).toList();
    if (!others.isEmpty()) {
      rounds(first, last, FLAGS, others);
    }
    if (!withSmallHeap.isEmpty()) {
      rounds(first, last, SMALL_HEAP, withSmallHeap);
    }
  }

  private void rounds(int first, int last, List<String> flags, List<Scenario> scenarios)
      throws IOException, InterruptedException {
    Map<Contender, ServerProcess> servers = new EnumMap<>(Contender.class);
    try {
      for (Contender contender : contenders) {
        Path log = scratch.resolve(contender.label() + ".log");
        ServerProcess server = ServerProcess.start(java, flags, contender, log);
        servers.put(contender, server);
        warmUp(contender, server);
      }
      for (int round = first; round <= last; round++) {
        progress.accept("JDK " + jdk + ", round " + round + " of " + options.rounds());
        Random random = new Random(round);
        for (Scenario scenario : scenarios) {
          List<Contender> order = new ArrayList<>(contenders);
          Collections.shuffle(order, random);
          for (Contender contender : order) {
            ServerProcess server = servers.get(contender);
            measure(round, contender, scenario, server, round == first && !scenario.isWarm());
          }
        }
        measurements.write(options.out());
      }
    } finally {
      servers.values().forEach(ServerProcess::close);
    }
  }

  private void warmUp(Contender contender, ServerProcess server)
      throws IOException, InterruptedException {
    ToolCall call = ToolCall.of(contender, Scenario.ECHO_32, server.uri(), http);
    Wrk.run(call, WARM_UP_CONNECTIONS, Math.max(WARM_UP_SECONDS, options.seconds()), scratch);
  }

  private void measure(
      int round, Contender contender, Scenario scenario, ServerProcess server, boolean isCold)
      throws IOException, InterruptedException {
    ToolCall call = ToolCall.of(contender, scenario, server.uri(), http);
    String answer = call.send(http);
    if (!scenario.isAnswer(answer)) {
      throw new IOException(contender.label() + " answered wrongly: "
          + answer.substring(0, Math.min(answer.length(), 500)));
    }
    if (isCold) {
      Wrk.run(call, scenario.connections(), options.seconds(), scratch);
    }
    double cpu = server.cpuSeconds();
    Wrk load;
    try {
      load = Wrk.run(call, scenario.connections(), options.seconds(), scratch);
    } catch (IOException e) {
      throw new IOException(
          contender.label() + ", " + scenario.label() + ": " + e.getMessage() + server.output(), e);
    }
    if (load.requests() == 0) { // the machine is busy: there is nothing to compare in this round
      progress.accept(contender.label() + ", " + scenario.label() + ": no answer in "
          + options.seconds() + " s, left out of this round");
      return;
    }
    double micros = (server.cpuSeconds() - cpu) * MICROS_PER_SECOND / load.requests();
    if (scenario.isSmallHeap()) {
      add(round, contender, scenario, "RSS, MiB", ResidentMemory.mib(javaHome, server.pid()));
    } else {
      add(round, contender, scenario, "calls/s", load.perSecond());
      add(round, contender, scenario, "p99, ms", load.p99Millis());
      add(round, contender, scenario, "CPU, µs/call", micros);
    }
  }

  private void add(int round, Contender contender, Scenario scenario, String metric, double value) {
    measurements.add(
        new Measurement("http", jdk, scenario.label(), contender.label(), metric, round, value));
  }

  private void delete() throws IOException {
    try (var files = Files.list(scratch)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(scratch);
  }
}
