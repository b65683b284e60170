package dev.statelessmcp.examples.benchmarks.stdio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.statelessmcp.examples.benchmarks.results.JavaHome;
import dev.statelessmcp.examples.benchmarks.results.Machine;
import dev.statelessmcp.examples.benchmarks.results.Measurement;
import dev.statelessmcp.examples.benchmarks.results.Measurements;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The command line of the benchmark over pipes, in the folder {@code examples/benchmarks}. */
public final class StdioMain {
  private static final int WARM_UP_ROUNDS = 4;
  private static final int IDLE_CALLS = 40;
  private static final long IDLE_MILLIS = 10;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MICRO = 1e3;
  private static final String OURS = "stateless-mcp";
  private static final String BARE = "bare";

  private final Measurements measurements = new Measurements();
  private final List<Path> homes = new ArrayList<>();
  private int rounds = 5;
  private int blocks = 100;
  private Path out = Path.of("target", "results", "stdio.tsv");

  private StdioMain() {}

  /**
   * Measures, and writes a file.
   *
   * @param arguments {@code --rounds N}, {@code --calls N}, {@code --out FILE}, and {@code --java
   *     HOME}, which may be repeated
   * @throws Exception if a program fails, or an option is not valid
   */
  public static void main(String[] arguments) throws Exception {
    StdioMain main = new StdioMain();
    main.parse(arguments);
    main.run();
  }

  private void parse(String... words) {
    for (int i = 0; i + 1 < words.length; i += 2) {
      String value = words[i + 1];
      switch (words[i]) {
        case "--rounds" -> rounds = Integer.parseInt(value);
        case "--calls" -> blocks = Math.max(1, Integer.parseInt(value) / Calls.BLOCK);
        case "--java" -> homes.add(Path.of(value));
        case "--out" -> out = Path.of(value);
        default -> throw new IllegalArgumentException("unknown option " + words[i]);
      }
    }
    if (homes.isEmpty()) {
      homes.add(Path.of(System.getProperty("java.home")));
    }
  }

  private void run() throws Exception {
    measurements.note(Machine.describe() + " at the start");
    measurements.note("stdio: " + rounds + " rounds of " + blocks * Calls.BLOCK
        + " pipelined calls of an echo, JVMs with " + String.join(" ", Child.FLAGS));
    for (Path home : homes) {
      for (Calls calls : Calls.values()) {
        System.err.println(
            "benchmarks: JDK " + JavaHome.feature(home) + ", revision " + calls.version());
        measure(home, calls);
        measurements.write(out);
      }
    }
  }

  private void measure(Path home, Calls calls) throws Exception {
    String jdk = JavaHome.feature(home);
    try (Child ours = new Child(home, EchoServer.class);
        Child bare = new Child(home, BareLoop.class)) {
      requireSame(ours.answer(calls.line(7)), bare.answer(calls.line(7)));
      byte[] block = calls.block();
      for (int i = 0; i < WARM_UP_ROUNDS; i++) {
        ours.pipeline(block, blocks);
        bare.pipeline(block, blocks);
      }
      for (int round = 1; round <= rounds; round++) {
        Figures mine = new Figures(jdk, calls, OURS, round);
        Figures others = new Figures(jdk, calls, BARE, round);
        if (round % 2 == 0) {
          mine.pipelined(ours, block);
          others.pipelined(bare, block);
        } else {
          others.pipelined(bare, block);
          mine.pipelined(ours, block);
        }
        idle(ours, mine, bare, others, calls);
        if (round == rounds) {
          mine.add("RSS, MiB", ours.memory());
          others.add("RSS, MiB", bare.memory());
        }
      }
    }
  }

  /** Single calls after pauses, alternately to both programs. */
  private void idle(Child ours, Figures mine, Child bare, Figures others, Calls calls)
      throws IOException, InterruptedException {
    int number = Math.min(IDLE_CALLS, 2 * blocks);
    double[] oursMicros = new double[number];
    double[] bareMicros = new double[number];
    for (int i = 0; i < number; i++) {
      Thread.sleep(IDLE_MILLIS);
      oursMicros[i] = ours.one(calls.line(i)) / NANOS_PER_MICRO;
      Thread.sleep(IDLE_MILLIS);
      bareMicros[i] = bare.one(calls.line(i)) / NANOS_PER_MICRO;
    }
    mine.add("idle, µs", median(oursMicros));
    others.add("idle, µs", median(bareMicros));
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  /** The figures of one program in one round. */
  private final class Figures {
    private final String jdk;
    private final Calls calls;
    private final String contender;
    private final int round;

    Figures(String jdk, Calls calls, String contender, int round) {
      this.jdk = jdk;
      this.calls = calls;
      this.contender = contender;
      this.round = round;
    }

    void pipelined(Child child, byte[] block) throws IOException {
      double number = (double) blocks * Calls.BLOCK;
      long cpu = child.cpu().toNanos();
      long nanos = child.pipeline(block, blocks);
      add("calls/s", number / nanos * NANOS_PER_SECOND);
      add("CPU, µs/call", (child.cpu().toNanos() - cpu) / number / NANOS_PER_MICRO);
    }

    void add(String metric, double value) {
      String subject = "echo, " + calls.version();
      measurements.add(new Measurement("stdio", jdk, subject, contender, metric, round, value));
    }
  }

  private static void requireSame(String ours, String bare) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    JsonNode one = mapper.readTree(ours);
    if (!one.equals(mapper.readTree(bare))) {
      throw new IOException("the answers differ:\n" + ours + "\n" + bare);
    }
  }
}
