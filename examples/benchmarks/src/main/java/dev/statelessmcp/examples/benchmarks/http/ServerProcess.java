package dev.statelessmcp.examples.benchmarks.http;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A running server. Its output says where it listens. */
final class ServerProcess implements AutoCloseable {
  private static final Pattern LISTENING =
      Pattern.compile("Listening on: (http://127\\.0\\.0\\.1:[0-9]+)");
  private static final long START_MILLIS = 60_000;
  private static final long POLL_MILLIS = 50;
  /** The unit of times in {@code /proc}, the same on every Linux. */
  private static final double TICKS_PER_SECOND = 100;

  private static final int USER_TIME = 11;
  private static final int SYSTEM_TIME = 12;

  private final Process process;
  private final Path log;
  private final URI uri;

  private ServerProcess(Process process, Path log) throws IOException, InterruptedException {
    this.process = process;
    this.log = log;
    uri = awaitAddress();
  }

  static ServerProcess start(Path java, List<String> flags, Contender contender, Path log)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.addAll(flags);
    command.addAll(contender.command());
    Process process = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy)); // Ctrl-C leaves none behind
    try {
      return new ServerProcess(process, log);
    } catch (IOException | InterruptedException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private URI awaitAddress() throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (process.isAlive() && System.nanoTime() - start < START_MILLIS * 1_000_000) {
      Matcher matcher = LISTENING.matcher(Files.readString(log));
      if (matcher.find()) {
        return URI.create(matcher.group(1));
      }
      Thread.sleep(POLL_MILLIS);
    }
    throw new IOException("the server did not start: " + Files.readString(log));
  }

  URI uri() {
    return uri;
  }

  /** The CPU time of all its threads, in seconds, also of those that have ended. */
  double cpuSeconds() throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]))
        / TICKS_PER_SECOND;
  }

  /** The id of the process. */
  long pid() {
    return process.pid();
  }

  /** The end of its output, for messages. */
  String output() throws IOException {
    String all = Files.readString(log);
    return all.substring(Math.max(0, all.length() - 2_000));
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
