package dev.statelessmcp.examples.benchmarks.dispatch;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The command line of the benchmark in process, in the folder {@code examples/benchmarks}. */
public final class DispatchMain {
  private static final String OURS = "stateless-mcp";
  private static final String BARE = "bare";
  private static final Map<String, String> TOOLS =
      Map.of("10", "10 tools", "1000", "1,000 tools", "10000", "10,000 tools");
  private static final int WARM_UPS = 3;
  private static final int DEFAULT_ROUNDS = 5;
  private static final int DEFAULT_SECONDS = 5;
  private static final int QUICK_ROUNDS = 1;
  private static final int QUICK_SECONDS = 3;

  private final List<String> lines = new ArrayList<>();
  private final List<Path> javaHomes = new ArrayList<>();
  private int rounds = DEFAULT_ROUNDS;
  private int seconds = DEFAULT_SECONDS;
  private Path out = Path.of("target", "results", "dispatch.tsv");

  private DispatchMain() {}

  /**
   * Measures, writes a file, and exits: with 0, or with 2 if an option is not valid.
   *
   * @param arguments see {@code run --help}
   * @throws IOException if the file cannot be written
   * @throws RunnerException if something could not be measured
   */
  public static void main(String[] arguments) throws IOException, RunnerException {
    DispatchMain main = new DispatchMain();
    try {
      main.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println("benchmarks: " + e.getMessage());
      System.exit(2);
    }
    main.run();
  }

  private void parse(String... words) {
    for (int i = 0; i < words.length; i += 2) {
      if (words[i].equals("--quick")) {
        rounds = QUICK_ROUNDS;
        seconds = QUICK_SECONDS;
        i--; // it has no value
        continue;
      }
      if (i + 1 == words.length) {
        throw new IllegalArgumentException(words[i] + " needs a value");
      }
      switch (words[i]) {
        case "--rounds" -> rounds = number(words[i], words[i + 1]);
        case "--seconds" -> seconds = number(words[i], words[i + 1]);
        case "--java" -> javaHomes.add(Path.of(words[i + 1]));
        case "--out" -> out = Path.of(words[i + 1]);
        default -> throw new IllegalArgumentException("unknown option \"" + words[i] + "\"");
      }
    }
    if (javaHomes.isEmpty()) {
      javaHomes.add(Path.of(System.getProperty("java.home")));
    }
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

  private void run() throws IOException, RunnerException {
    lines.add("# " + Runtime.getRuntime().availableProcessors() + " processors, "
        + System.getProperty("os.name") + ", load "
        + ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage() + " at the start");
    lines.add("# dispatch: JMH, " + rounds + " x " + seconds + " iterations of 1 s after "
        + WARM_UPS + " to warm up, each time in a new JVM with -Xmx512m");
    for (Path javaHome : javaHomes) {
      for (int round = 1; round <= rounds; round++) {
        add(round, measure(javaHome));
      }
      Files.createDirectories(out.toAbsolutePath().getParent());
      Files.write(out, lines);
    }
  }

  private Collection<RunResult> measure(Path javaHome) throws RunnerException {
    return new Runner(new OptionsBuilder()
            .include("\\." + CallBenchmark.class.getSimpleName() + "\\.")
            .include("\\." + CatalogBenchmark.class.getSimpleName() + "\\.")
            .jvm(javaHome.resolve("bin").resolve("java").toString())
            .jvmArgs("-Xmx512m")
            .forks(1)
            .warmupIterations(WARM_UPS)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(seconds)
            .measurementTime(TimeValue.seconds(1))
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .build())
        .run();
  }

  private void add(int round, Collection<RunResult> results) {
    for (RunResult result : results) {
      String count = result.getParams().getParam("tools"); // null for CallBenchmark
      String tools = count == null ? "" : TOOLS.get(count);
      String method = result.getPrimaryResult().getLabel();
      String contender = method.endsWith("yHand") ? BARE : OURS;
      String jdk = result.getParams().getJdkVersion().split("[.+-]", 2)[0];
      String prefix = String.join("\t", "dispatch", jdk, subject(method, tools), contender) + "\t";
      add(prefix, "µs/call", round, result.getPrimaryResult());
      for (Map.Entry<String, ? extends Result<?>> second : secondary(result).entrySet()) {
        if (second.getKey().endsWith("gc.alloc.rate.norm")) {
          add(prefix, "bytes allocated/call", round, second.getValue());
        }
      }
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // JMH's type has no argument
  private static Map<String, ? extends Result<?>> secondary(RunResult result) {
    return (Map) result.getSecondaryResults();
  }

  private static String subject(String method, String tools) {
    return switch (method) {
      case "bytesToBytes", "byHand" -> "call, bytes to bytes";
      case "streamableHttp" -> "call, StreamableHttp";
      case "list", "listByHand" -> "list of " + tools;
      case "call" -> "call, " + tools;
      default -> throw new IllegalStateException(method);
    };
  }

  private void add(String prefix, String metric, int round, Result<?> result) {
    lines.add(prefix + metric + "\t" + round + "\t"
        + String.format(Locale.ROOT, "%.3f", result.getScore()));
  }
}
