package dev.statelessmcp.examples.benchmarks.coldstart;

import dev.statelessmcp.examples.benchmarks.results.Quartiles;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The project's goals for its cold start. Times of different machines cannot be compared, so most
 * goals are ratios. The absolute ones have a margin for slow machines.
 */
final class Promises {
  private static final double SUM_TO_TREE = 1.25;
  private static final double SUM_TO_OFFICIAL = 0.45;
  private static final double ARCHIVED_SUM_TO_ECHO = 0.6;
  private static final double FIRST_CALL_TO_OFFICIAL = 1 / 50.0;
  private static final double FIRST_CALL_CPU_MILLIS = 15;
  private static final double PEAK_MIB = 60;
  private static final double CLASSES = 1_400;
  private static final int CLASSES_OF_JAVA = 25;
  private static final double OAUTH_CPU_MILLIS = 150;
  private static final double OAUTH_CLASSES = 1_900;
  private static final double ZIP_MB = 3.5;

  private final Results results;
  private final List<Promise> promises = new ArrayList<>();

  private Promises(Results results) {
    this.results = results;
  }

  /** The goals whose functions and settings have been measured. */
  static List<Promise> of(List<Setting> settings, Results results) {
    Promises all = new Promises(results);
    List<Setting> promised =
        settings.stream().filter(setting -> !setting.profile().hasArchive()).toList();
    List<Setting> full = promised.stream().filter(it -> !it.share().isLimited()).toList();
    for (Setting setting : full) {
      all.ratio("sum, echo / tree", setting, Variant.TREE, Sample::sumMillis, SUM_TO_TREE);
    }
    for (Setting setting : full) {
      all.ratio(
          "sum, echo / official", setting, Variant.OFFICIAL, Sample::sumMillis, SUM_TO_OFFICIAL);
    }
    for (Setting setting : full) {
      all.ratio(
          "sum, archived / echo",
          setting,
          Variant.ARCHIVED,
          Variant.ECHO,
          Sample::sumMillis,
          ARCHIVED_SUM_TO_ECHO);
    }
    for (Setting setting : full) {
      all.figure(
          "CPU of echo's first call, ms",
          setting,
          Sample::firstCallCpuMillis,
          FIRST_CALL_CPU_MILLIS);
    }
    for (Setting setting : promised) {
      if (setting.share() == Share.MB128) {
        all.ratio(
            "first call, echo / official",
            setting,
            Variant.OFFICIAL,
            Sample::firstCallMillis,
            FIRST_CALL_TO_OFFICIAL);
      }
    }
    for (Setting setting : full) {
      all.figure("echo's peak memory, MiB", setting, Sample::peakMib, PEAK_MIB);
    }
    List<Setting> counted =
        full.stream().filter(it -> it.jdk().feature() == CLASSES_OF_JAVA).toList();
    for (Setting setting : counted) {
      all.classes("echo's classes loaded", setting, Variant.ECHO, CLASSES);
    }
    for (Setting setting : counted) {
      if (setting.profile() == Profile.TIER1) {
        all.more(setting);
      }
      all.classes("echo-oauth's classes loaded", setting, Variant.ECHO_OAUTH, OAUTH_CLASSES);
    }
    all.zip();
    return all.promises;
  }

  private void ratio(
      String name, Setting setting, Variant other, ToDoubleFunction<Sample> figure, double bound) {
    ratio(name, setting, Variant.ECHO, other, figure, bound);
  }

  /** The ratio within each round, since other load mostly affects both runs of a round. */
  private void ratio(
      String name,
      Setting setting,
      Variant variant,
      Variant other,
      ToDoubleFunction<Sample> figure,
      double bound) {
    List<Sample> ours = results.samples(setting, variant);
    List<Sample> others = results.samples(setting, other);
    int rounds = Math.min(ours.size(), others.size());
    if (rounds > 0) {
      DoubleStream ratios = IntStream.range(0, rounds)
          .mapToDouble(round ->
              figure.applyAsDouble(ours.get(round)) / figure.applyAsDouble(others.get(round)));
      add(name, setting.toString(), Quartiles.of(ratios), bound, 3);
    }
  }

  private void figure(String name, Setting setting, ToDoubleFunction<Sample> figure, double bound) {
    List<Sample> echo = results.samples(setting, Variant.ECHO);
    if (!echo.isEmpty()) {
      add(name, setting.toString(), Quartiles.of(echo.stream().mapToDouble(figure)), bound, 1);
    }
  }

  /** The difference within each round, as for ratios. */
  private void more(Setting setting) {
    List<Sample> echo = results.samples(setting, Variant.ECHO);
    List<Sample> oauth = results.samples(setting, Variant.ECHO_OAUTH);
    int rounds = Math.min(echo.size(), oauth.size());
    if (rounds > 0) {
      DoubleStream more = IntStream.range(0, rounds)
          .mapToDouble(round -> oauth.get(round).cpuMillis() - echo.get(round).cpuMillis());
      String name = "CPU of echo-oauth above echo's, ms";
      add(name, setting.toString(), Quartiles.of(more), OAUTH_CPU_MILLIS, 1);
    }
  }

  private void classes(String name, Setting setting, Variant variant, double bound) {
    results
        .classes(setting, variant)
        .ifPresent(count -> add(name, setting.toString(), single((double) count), bound, 0));
  }

  private void zip() {
    results
        .zipBytes(Variant.ECHO)
        .ifPresent(bytes -> add("echo-lambda.zip, MB", "", single(bytes / 1e6), ZIP_MB, 2));
  }

  private void add(String name, String setting, Quartiles measured, double bound, int decimals) {
    promises.add(new Promise(name, setting, measured, bound, decimals));
  }

  private static Quartiles single(double value) {
    return new Quartiles(value, value, value);
  }
}
