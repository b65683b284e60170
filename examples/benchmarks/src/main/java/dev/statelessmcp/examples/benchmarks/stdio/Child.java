package dev.statelessmcp.examples.benchmarks.stdio;

import dev.statelessmcp.examples.benchmarks.results.ResidentMemory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A child process with pipes. Not thread-safe. */
final class Child implements AutoCloseable {
  /** The flags of the JVM. */
  static final List<String> FLAGS = List.of("-Xmx64m", "-XX:+UseSerialGC");

  private final Path java;
  private final Process process;
  private final OutputStream out;
  private final InputStream in;
  private final byte[] buffer = new byte[64 * 1024];

  /**
   * Starts a class of this jar.
   *
   * @param java the home of a JDK
   */
  Child(Path java, Class<?> main) throws IOException {
    this.java = java;
    process = new ProcessBuilder(
            java.resolve("bin").resolve("java").toString(),
            FLAGS.get(0),
            FLAGS.get(1),
            "-cp",
            System.getProperty("java.class.path"),
            main.getName())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    out = process.getOutputStream();
    in = process.getInputStream();
  }

  /** Sends blocks of lines while answers are read; returns the nanoseconds until the last one. */
  long pipeline(byte[] block, int blocks) throws IOException {
    long begun = System.nanoTime();
    Thread writer = new Thread(() -> write(block, blocks), "writer");
    writer.start();
    readLines(blocks * Calls.BLOCK);
    return System.nanoTime() - begun;
  }

  private void write(byte[] block, int blocks) {
    try {
      for (int i = 0; i < blocks; i++) {
        out.write(block);
      }
      out.flush();
    } catch (IOException e) {
      System.err.println("benchmarks: " + e.getMessage());
    }
  }

  private void readLines(int lines) throws IOException {
    int left = lines;
    while (left > 0) {
      int count = in.read(buffer);
      if (count < 0) {
        throw new IOException("the program has ended");
      }
      for (int i = 0; i < count; i++) {
        left -= buffer[i] == '\n' ? 1 : 0;
      }
    }
  }

  /** Sends one line; returns the nanoseconds until the answer. */
  long one(byte[] line) throws IOException {
    long begun = System.nanoTime();
    out.write(line);
    out.flush();
    readLines(1);
    return System.nanoTime() - begun;
  }

  /** Sends one line, and returns the answer, which is not longer than a buffer. */
  String answer(byte[] line) throws IOException {
    out.write(line);
    out.flush();
    int size = 0;
    while (size == 0 || buffer[size - 1] != '\n') {
      int count = in.read(buffer, size, buffer.length - size);
      if (count < 0) {
        throw new IOException("the program has ended");
      }
      size += count;
    }
    return new String(buffer, 0, size, StandardCharsets.UTF_8).strip();
  }

  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Resident memory, in MiB. */
  double memory() throws IOException, InterruptedException {
    return ResidentMemory.mib(java, process.pid());
  }

  @Override
  public void close() throws IOException {
    out.close();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
