package dev.statelessmcp.examples.benchmarks.coldstart;

import dev.statelessmcp.examples.benchmarks.results.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The command line: {@code java -jar benchmarks.jar --help}. */
public final class ColdStartMain {
  private static final long CLEAN_UP_SECONDS = 20;
  private static final Path MODULE = Path.of("");

  private ColdStartMain() {}

  /**
   * Measures, prints, and exits: with 0; with 1 if nothing could be measured, or if {@code --check}
   * is given and a goal is missed; with 2 if an option is not valid.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) {
    CountDownLatch done = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(cleanUp(Thread.currentThread(), done)));
    int status = run(arguments);
    done.countDown();
    System.exit(status);
  }

  /** Ctrl-C must not leave a process, a control group or a folder behind. */
  private static Runnable cleanUp(Thread measuring, CountDownLatch done) {
    return () -> {
      measuring.interrupt();
      try {
        if (!done.await(CLEAN_UP_SECONDS, TimeUnit.SECONDS)) {
          System.err.println("benchmarks: could not clean up");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  private static int run(String[] arguments) {
    try {
      Options options = Options.parse(arguments);
      if (options.help()) {
        System.out.print(Options.HELP);
        return 0;
      }
      return run(options);
    } catch (UsageException e) {
      System.err.println("benchmarks: " + e.getMessage() + "; --help shows the options");
      return 2;
    } catch (IOException | IllegalStateException e) { // the latter if the function has ended
      System.err.println("benchmarks: " + e.getMessage());
      return 1;
    }
  }

  private static int run(Options options) throws IOException, UsageException {
    if (!System.getProperty("os.name").equals("Linux")) {
      throw new IOException("AWS's runtime client is for Linux only");
    }
    String machine = Machine.describe();
    System.out.println(machine);
    Path scratch = Files.createTempDirectory("benchmarks-");
    try (Functions functions = Functions.open(MODULE, options.variants());
        CpuQuota quota = quota(options)) {
      List<Setting> settings = options.settings(quota != null);
      if (settings.isEmpty()) {
        throw new UsageException("the options leave nothing to measure");
      }
      Benchmark benchmark = new Benchmark(
          settings,
          options.variants(),
          functions,
          quota,
          scratch,
          line -> System.err.println("benchmarks: " + line));
      Results results = benchmark.run(MODULE, options.rounds());
      if (options.out() != null) {
        MeasurementsFile.of(machine, settings, results).write(options.out());
      }
      return print(settings, results) || !options.check() ? 0 : 1;
    } finally {
      delete(scratch);
    }
  }

  /** Returns null if no setting needs a quota, or if it is not possible here, which is printed. */
  private static CpuQuota quota(Options options) {
    if (!options.shares().contains(Share.MB128)) {
      return null;
    }
    try {
      return CpuQuota.create(Share.MB128.cores());
    } catch (IOException e) {
      System.out.println("Share " + Share.MB128 + " is left out, no CPU quota is possible here: "
          + e.getMessage());
      return null;
    }
  }

  /** Prints the results. Returns whether all goals are met. */
  private static boolean print(List<Setting> settings, Results results) {
    System.out.println();
    Report.measurements(settings, results).forEach(System.out::println);
    List<Promise> promises = Promises.of(settings, results);
    System.out.println();
    Report.promises(promises).forEach(System.out::println);
    return promises.stream().allMatch(Promise::isKept);
  }

  private static void delete(Path folder) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(folder)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : deepestFirst) {
      Files.delete(file);
    }
  }
}
