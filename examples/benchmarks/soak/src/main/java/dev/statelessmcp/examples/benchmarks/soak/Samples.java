package dev.statelessmcp.examples.benchmarks.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** The resources of a process over time, and whether they grow. */
final class Samples {
  private static final int FEWEST = 8;
  private static final double MEBI = 1 << 20;

  private final String name;
  private final List<Usage> all = new ArrayList<>();

  Samples(String name) {
    this.name = name;
  }

  void add(Usage usage) {
    all.add(usage);
  }

  /** Prints both halves, without the first quarter; returns whether the second is not larger. */
  boolean areFlat() {
    if (all.size() < FEWEST) {
      System.out.println(name + ": " + all.size() + " samples are too few; use more minutes");
      return false;
    }
    boolean heap = isFlat("heap, MiB", Usage::heap, MEBI, 1.1, 2);
    boolean threads = isFlat("threads", Usage::threads, 1, 1, 6);
    boolean descriptors = isFlat("files and sockets", Usage::descriptors, 1, 1, 6);
    return heap && threads && descriptors;
  }

  private boolean isFlat(
      String what, ToLongFunction<Usage> value, double unit, double factor, double slack) {
    List<Usage> warm = all.subList(all.size() / 4, all.size());
    double first = median(warm.subList(0, warm.size() / 2), value) / unit;
    double second = median(warm.subList(warm.size() / 2, warm.size()), value) / unit;
    boolean flat = second <= first * factor + slack;
    System.out.printf(
        Locale.ROOT,
        "%-6s %-18s %8.1f %8.1f  %s%n",
        name,
        what,
        first,
        second,
        flat ? "flat" : "GROWS");
    return flat;
  }

  private static double median(List<Usage> usages, ToLongFunction<Usage> value) {
    long[] sorted = usages.stream().mapToLong(value).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
