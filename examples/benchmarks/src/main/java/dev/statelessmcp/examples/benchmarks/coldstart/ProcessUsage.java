package dev.statelessmcp.examples.benchmarks.coldstart;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The CPU time and memory of a process, as the kernel counts them. */
final class ProcessUsage {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double KIB_PER_MIB = 1024;

  private final Path folder;

  ProcessUsage(long pid) {
    folder = Path.of("/proc", Long.toString(pid));
  }

  /**
   * Returns the CPU time of the running threads, in ms; threads that have ended are not counted.
   * The kernel's figure for the whole process has steps of 10 ms, which is longer than a call.
   */
  double cpuMillis() throws IOException {
    long nanos = 0;
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(folder.resolve("task"))) {
      for (Path thread : threads) {
        try {
          String counters = Files.readString(thread.resolve("schedstat"));
          nanos += Long.parseLong(counters.split(" ", 2)[0]);
        } catch (IOException e) {
          if (Files.exists(thread)) { // otherwise the thread has ended meanwhile
            throw e;
          }
        }
      }
    }
    return nanos / NANOS_PER_MILLI;
  }

  /** The peak resident memory (VmHWM), in MiB. */
  double peakMib() throws IOException {
    for (String line : Files.readAllLines(folder.resolve("status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / KIB_PER_MIB;
      }
    }
    throw new IOException(folder.resolve("status") + " has no VmHWM");
  }
}
