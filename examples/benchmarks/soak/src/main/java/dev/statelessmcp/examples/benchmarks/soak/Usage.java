package dev.statelessmcp.examples.benchmarks.soak;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The resources of a process.
 *
 * @param heap the bytes that are left after a garbage collection
 * @param threads how many threads run
 * @param descriptors how many files and sockets are open; 0 where that cannot be read
 */
record Usage(long heap, long threads, long descriptors) {

  /** The resources of this process, after a garbage collection. */
  static Usage now() throws IOException {
    System.gc();
    System.gc();
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    int threads = ManagementFactory.getThreadMXBean().getThreadCount();
    return new Usage(heap, threads, openFiles());
  }

  private static long openFiles() throws IOException {
    Path descriptors = Path.of("/proc/self/fd");
    if (!Files.isDirectory(descriptors)) {
      return 0;
    }
    try (Stream<Path> open = Files.list(descriptors)) {
      return open.count();
    }
  }

  /** Parses the form of {@link #toString}. */
  static Usage parse(String text) {
    String[] parts = text.split(" ", -1);
    return new Usage(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
  }

  @Override
  public String toString() {
    return heap + " " + threads + " " + descriptors;
  }
}
