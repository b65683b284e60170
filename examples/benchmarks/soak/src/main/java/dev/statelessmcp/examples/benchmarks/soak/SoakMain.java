package dev.statelessmcp.examples.benchmarks.soak;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Loads an HTTP server and a stdio server, each a separate process, and compares their resources in
 * the second half of the time with the first. The load pauses during measurements.
 */
final class SoakMain {
  private static final int HTTP_CLIENTS = 8;
  private static final int SAMPLES = 40;

  private final ReentrantReadWriteLock running = new ReentrantReadWriteLock(true);
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final AtomicLong steps = new AtomicLong();
  private volatile boolean ended;

  private SoakMain() {}

  /**
   * Runs it.
   *
   * @param args {@code --minutes N}
   */
  public static void main(String[] args) throws Exception {
    if (args.length > 0 && (args.length != 2 || !args[0].equals("--minutes"))) {
      System.err.println("Usage: run soak [--minutes N]");
      System.exit(2);
    }
    double minutes = args.length == 0 ? 2 : Double.parseDouble(args[1]);
    System.exit(new SoakMain().run((long) (minutes * 60_000)) ? 0 : 1);
  }

  private static Process start(String mode) throws IOException {
    List<String> command = List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx128m",
        "-cp",
        System.getProperty("java.class.path"),
        SoakServer.class.getName(),
        mode);
    File log = File.createTempFile("soak-" + mode, ".log"); // intended failures are logged
    log.deleteOnExit();
    return new ProcessBuilder(command).redirectError(log).start();
  }

  private boolean run(long millis) throws Exception {
    long seed = System.nanoTime();
    System.out.println("Soak for " + millis / 1000 + " s, seed " + seed);
    Process http = start("http");
    Process stdio = start("stdio");
    try (StdioLoad piped = new StdioLoad(stdio)) {
      BufferedReader out =
          new BufferedReader(new InputStreamReader(http.getInputStream(), StandardCharsets.UTF_8));
      HttpLoad remote = new HttpLoad(Integer.parseInt(out.readLine()));
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < HTTP_CLIENTS; i++) {
        threads.add(client(remote, new Random(seed + i)));
      }
      threads.add(client(piped, new Random(seed)));
      boolean flat = measure(millis, remote, piped);
      ended = true;
      for (Thread thread : threads) {
        thread.join();
      }
      System.out.println(steps + " steps");
      if (failure.get() != null) {
        failure.get().printStackTrace();
        return false;
      }
      return flat;
    } finally {
      http.destroyForcibly();
      stdio.destroyForcibly();
    }
  }

  private Thread client(Load load, Random random) {
    Thread thread = new Thread(() -> {
      while (!ended) {
        running.readLock().lock();
        try {
          load.step(random);
          steps.incrementAndGet();
        } catch (Exception e) {
          failure.compareAndSet(null, e);
          ended = true;
        } finally {
          running.readLock().unlock();
        }
      }
    });
    thread.start();
    return thread;
  }

  private boolean measure(long millis, Load remote, Load piped) throws Exception {
    Samples http = new Samples("http");
    Samples stdio = new Samples("stdio");
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (System.nanoTime() < end && !ended) {
      TimeUnit.MILLISECONDS.sleep(Math.max(1000, millis / SAMPLES));
      running.writeLock().lock();
      try {
        TimeUnit.SECONDS.sleep(2); // until abandoned calls and sessions have ended
        http.add(remote.measure());
        stdio.add(piped.measure());
      } finally {
        running.writeLock().unlock();
      }
    }
    System.out.println("After a garbage collection, medians of both halves:");
    boolean flat = http.areFlat();
    return stdio.areFlat() && flat;
  }
}
