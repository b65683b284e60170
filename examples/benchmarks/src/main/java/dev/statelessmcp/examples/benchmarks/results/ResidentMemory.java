package dev.statelessmcp.examples.benchmarks.results;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Measures the memory of a JVM. Before that, the JVM returns freed memory, because the C library
 * keeps a random part of the compilers' memory, which differs by 20 MiB between two runs of a
 * program.
 */
public final class ResidentMemory {
  private static final double KIB_PER_MIB = 1_024;

  private ResidentMemory() {}

  /**
   * Measures a running JVM.
   *
   * @param javaHome its JDK, whose {@code jcmd} is used
   * @param pid the id of its process
   * @return the resident memory in MiB
   * @throws IOException if it cannot be measured
   * @throws InterruptedException if the thread is interrupted
   */
  public static double mib(Path javaHome, long pid) throws IOException, InterruptedException {
    String process = Long.toString(pid);
    Process trim = new ProcessBuilder(
            javaHome.resolve("bin").resolve("jcmd").toString(), process, "System.trim_native_heap")
        .redirectErrorStream(true)
        .start();
    String said = new String(trim.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (trim.waitFor() != 0) {
      throw new IOException("jcmd has failed: " + said);
    }
    for (String line : Files.readAllLines(Path.of("/proc", process, "status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / KIB_PER_MIB;
      }
    }
    throw new IOException("/proc has no VmRSS of process " + process);
  }
}
