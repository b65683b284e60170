package dev.statelessmcp.examples.benchmarks.coldstart;

import dev.statelessmcp.examples.benchmarks.results.Quartiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Formats the results as text. */
final class Report {
  private static final int LEFT_COLUMNS = 4;

  private static final List<String> NAMES = List.of(
      "Java",
      "profile",
      "share",
      "function",
      "runs",
      "init",
      "first call",
      "sum",
      "sum, quartiles",
      "CPU, all",
      "CPU, first call",
      "peak memory",
      "classes",
      "zip");

  private static final List<String> UNITS =
      List.of("", "", "of CPU", "", "", "ms", "ms", "ms", "ms", "ms", "ms", "MiB", "loaded", "MB");

  private Report() {}

  /** One line per function and setting. */
  static List<String> measurements(List<Setting> settings, Results results) {
    Table table = new Table(LEFT_COLUMNS);
    table.row(NAMES);
    table.row(UNITS);
    for (Setting setting : settings) {
      for (Variant variant : results.variants()) {
        if (variant.isFor(setting)) {
          table.row(row(setting, variant, results));
        }
      }
    }
    return table.lines();
  }

  /** One line per goal and setting. */
  static List<String> promises(List<Promise> promises) {
    Table table = new Table(2);
    table.row(List.of("goal", "setting", "measured", "quartiles", "bound", ""));
    for (Promise promise : promises) {
      table.row(List.of(
          promise.name(),
          promise.setting(),
          text(promise.measured().median(), promise.decimals()),
          promise.isSingle()
              ? ""
              : text(promise.measured().lower(), promise.decimals())
                  + ".."
                  + text(promise.measured().upper(), promise.decimals()),
          "≤ " + text(promise.bound(), promise.decimals()),
          promise.isKept() ? "ok" : "MISSED"));
    }
    return table.lines();
  }

  private static List<String> row(Setting setting, Variant variant, Results results) {
    List<Sample> samples = results.samples(setting, variant);
    Quartiles sum = quartiles(samples, Sample::sumMillis);
    List<String> row = new ArrayList<>();
    row.add(setting.jdk().version());
    row.add(setting.profile().toString());
    row.add(setting.share().toString());
    row.add(variant.toString());
    row.add(Integer.toString(samples.size()));
    row.add(text(quartiles(samples, Sample::initMillis).median(), 0));
    row.add(text(quartiles(samples, Sample::firstCallMillis).median(), 1));
    row.add(text(sum.median(), 0));
    row.add(text(sum.lower(), 0) + ".." + text(sum.upper(), 0));
    row.add(text(quartiles(samples, Sample::cpuMillis).median(), 0));
    row.add(text(quartiles(samples, Sample::firstCallCpuMillis).median(), 1));
    row.add(text(quartiles(samples, Sample::peakMib).median(), 0));
    row.add(Long.toString(results.classes(setting, variant).orElseThrow()));
    row.add(text(results.zipBytes(setting, variant).orElseThrow() / 1e6, 2));
    return row;
  }

  private static Quartiles quartiles(List<Sample> samples, ToDoubleFunction<Sample> figure) {
    return Quartiles.of(samples.stream().mapToDouble(figure));
  }

  private static String text(double number, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", number);
  }
}
