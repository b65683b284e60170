package dev.statelessmcp.examples.benchmarks.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Describes the machine that the figures were measured on. */
public final class Machine {
  private Machine() {}

  /** One line: processors, memory, kernel, and the current load. */
  public static String describe() throws IOException {
    int processors = Runtime.getRuntime().availableProcessors();
    String load = Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0];
    return String.format(
        Locale.ROOT,
        "%d x %s, %.1f GiB, %s %s, load %s",
        processors,
        field("/proc/cpuinfo", "model name", "processor of unknown model"),
        Long.parseLong(field("/proc/meminfo", "MemTotal", "0").replaceAll("\\D", ""))
            / (1024.0 * 1024),
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        load);
  }

  private static String field(String file, String name, String otherwise) throws IOException {
    for (String line : Files.readAllLines(Path.of(file))) {
      if (line.startsWith(name)) {
        return line.substring(line.indexOf(':') + 1).trim();
      }
    }
    return otherwise;
  }
}
