package dev.statelessmcp.examples.benchmarks.coldstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A control group with a quota of CPU time, by cgroup version 1 or 2. The process must be allowed
 * to create a group at the root of the hierarchy, which usually needs root.
 */
final class CpuQuota implements AutoCloseable {
  /** Shorter than the default of 100 ms, so that a call waits often and briefly. */
  private static final int PERIOD_MICROS = 20_000;

  private static final Path ROOT = Path.of("/sys/fs/cgroup");

  private final Path group;

  private CpuQuota(Path group) {
    this.group = group;
  }

  /**
   * Creates a group.
   *
   * @param cores the share of one core for all processes of the group together
   * @throws IOException if that is not possible; the message has the reason
   */
  static CpuQuota create(double cores) throws IOException {
    Path parent = parent();
    Path group =
        parent.resolve("stateless-mcp-benchmark-" + ProcessHandle.current().pid());
    long quota = Math.round(cores * PERIOD_MICROS);
    Files.createDirectory(group);
    CpuQuota created = new CpuQuota(group);
    try {
      if (Files.exists(group.resolve("cpu.max"))) {
        Files.writeString(group.resolve("cpu.max"), quota + " " + PERIOD_MICROS);
      } else if (Files.exists(group.resolve("cpu.cfs_quota_us"))) {
        Files.writeString(group.resolve("cpu.cfs_period_us"), Integer.toString(PERIOD_MICROS));
        Files.writeString(group.resolve("cpu.cfs_quota_us"), Long.toString(quota));
      } else {
        throw new IOException("groups under " + parent + " have no CPU quota");
      }
      return created;
    } catch (IOException e) {
      created.close();
      throw e;
    }
  }

  /** Puts a process into the group, with all of its threads. */
  void confine(long pid) throws IOException {
    Files.writeString(group.resolve("cgroup.procs"), Long.toString(pid));
  }

  /** The number of periods in which the group has used up its quota. */
  long throttled() throws IOException {
    for (String line : Files.readAllLines(group.resolve("cpu.stat"))) {
      if (line.startsWith("nr_throttled ")) {
        return Long.parseLong(line.substring(line.indexOf(' ') + 1).trim());
      }
    }
    throw new IOException(group.resolve("cpu.stat") + " has no nr_throttled");
  }

  /** Removes the group. All its processes must have ended. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(group);
  }

  private static Path parent() throws IOException {
    if (Files.exists(ROOT.resolve("cgroup.controllers"))) {
      return ROOT;
    }
    for (String controller : List.of("cpu", "cpu,cpuacct")) {
      if (Files.isDirectory(ROOT.resolve(controller))) {
        return ROOT.resolve(controller);
      }
    }
    throw new IOException("there is no CPU controller under " + ROOT);
  }
}
