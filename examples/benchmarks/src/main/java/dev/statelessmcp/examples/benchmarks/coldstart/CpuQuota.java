package dev.statelessmcp.examples.benchmarks.coldstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A control group with a quota of CPU time, in the kernel's old or new interface. It needs to be
 * allowed to make one at the top of the hierarchy, which mostly means to be root.
 */
final class CpuQuota implements AutoCloseable {
  /**
   * Short, so that a call waits often and briefly, and not once for most of a tenth of a second.
   */
  private static final int PERIOD_MICROS = 20_000;

  private static final Path ROOT = Path.of("/sys/fs/cgroup");

  private final Path group;

  private CpuQuota(Path group) {
    this.group = group;
  }

  /**
   * Makes a group.
   *
   * @param cores the part of one core that all of its processes may use together
   * @throws IOException when that is not possible here; the message says why
   */
  static CpuQuota create(double cores) throws IOException {
    Path parent = parent();
    Path group =
        parent.resolve("stateless-mcp-benchmark-" + ProcessHandle.current().pid());
    long quota = Math.round(cores * PERIOD_MICROS);
    Files.createDirectory(group);
    CpuQuota made = new CpuQuota(group);
    try {
      if (Files.exists(group.resolve("cpu.max"))) {
        Files.writeString(group.resolve("cpu.max"), quota + " " + PERIOD_MICROS);
      } else if (Files.exists(group.resolve("cpu.cfs_quota_us"))) {
        Files.writeString(group.resolve("cpu.cfs_period_us"), Integer.toString(PERIOD_MICROS));
        Files.writeString(group.resolve("cpu.cfs_quota_us"), Long.toString(quota));
      } else {
        throw new IOException("groups under " + parent + " have no CPU quota");
      }
      return made;
    } catch (IOException e) {
      made.close();
      throw e;
    }
  }

  /** Puts a process into the group, with all of its threads. */
  void confine(long pid) throws IOException {
    Files.writeString(group.resolve("cgroup.procs"), Long.toString(pid));
  }

  /** How often the group has been stopped for having used up its quota. */
  long throttled() throws IOException {
    for (String line : Files.readAllLines(group.resolve("cpu.stat"))) {
      if (line.startsWith("nr_throttled ")) {
        return Long.parseLong(line.substring(line.indexOf(' ') + 1).trim());
      }
    }
    throw new IOException(group.resolve("cpu.stat") + " has no nr_throttled");
  }

  /** Removes the group, whose processes have to be gone. */
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
