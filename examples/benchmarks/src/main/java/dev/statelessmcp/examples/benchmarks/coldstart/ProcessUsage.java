package dev.statelessmcp.examples.benchmarks.coldstart;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel has counted for a process. */
final class ProcessUsage {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double KIB_PER_MIB = 1024;

  private final Path folder;

  ProcessUsage(long pid) {
    folder = Path.of("/proc", Long.toString(pid));
  }

  /**
   * CPU time in ms, of the threads that are there; one that has ended is no longer counted. The
   * figures for a whole process come in steps of 10 ms, which is longer than a call.
   */
  double cpuMillis() throws IOException {
    long nanos = 0;
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(folder.resolve("task"))) {
      for (Path thread : threads) {
        try {
          String counters = Files.readString(thread.resolve("schedstat"));
          nanos += Long.parseLong(counters.split(" ", 2)[0]);
        } catch (IOException e) {
          if (Files.exists(thread)) { // else it has ended since the folder was listed
            throw e;
          }
        }
      }
    }
    return nanos / NANOS_PER_MILLI;
  }

  /** The most memory that was resident at once (VmHWM), in MiB. */
  double peakMib() throws IOException {
    for (String line : Files.readAllLines(folder.resolve("status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / KIB_PER_MIB;
      }
    }
    throw new IOException(folder.resolve("status") + " has no VmHWM");
  }
}
