package dev.statelessmcp.examples.benchmarks.http;

import dev.statelessmcp.examples.benchmarks.results.Machine;
import dev.statelessmcp.examples.benchmarks.results.Measurements;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The command line of the benchmark over HTTP, in the folder {@code examples/benchmarks}. */
public final class HttpMain {
  private HttpMain() {}

  /**
   * Measures, writes a file, and exits: with 0; with 1 if something could not be measured; with 2
   * if an option is not valid.
   *
   * @param arguments see {@code run --help}
   * @throws InterruptedException if the thread is interrupted
   */
  public static void main(String[] arguments) throws InterruptedException {
    HttpOptions options = null;
    try {
      options = HttpOptions.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println("benchmarks: " + e.getMessage());
      System.exit(2);
    }
    try {
      if (!Wrk.isInstalled()) {
        throw new IOException("wrk is not installed; Debian has it as a package of that name");
      }
      measure(options);
    } catch (IOException e) {
      System.err.println("benchmarks: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void measure(HttpOptions options) throws IOException, InterruptedException {
    List<Contender> built =
        options.contenders().stream().filter(Contender::isBuilt).toList();
    for (Contender contender : options.contenders()) {
      if (!built.contains(contender)) {
        progress(contender.label() + " is left out: it is not built");
      }
    }
    Measurements measurements = new Measurements();
    measurements.note(Machine.describe() + " at the start");
    measurements.note("http: " + options.rounds() + " x " + options.seconds()
        + " s for each case and server, wrk on the same machine, JVMs with "
        + String.join(" ", HttpBenchmark.FLAGS) + " unless the case says otherwise");
    for (Path javaHome : options.javaHomes()) {
      new HttpBenchmark(options, built, javaHome, measurements, HttpMain::progress).run();
    }
  }

  private static void progress(String line) {
    System.err.println("benchmarks: " + line);
  }
}
