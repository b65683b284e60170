package dev.statelessmcp.examples.benchmarks.coldstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** One round with every packaged function. A wrong answer fails it. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "AWS's runtime client is for Linux only")
@Timeout(300)
class ColdStartIT {
  private static final Path MODULE = Path.of("");

  @TempDir
  Path scratch;

  @Test
  void everyFunctionAnswersWithTheEcho() throws Exception {
    Options options = Options.parse("--profile", "tier1", "--share", "full");
    List<Setting> settings = options.settings(false);
    Results results;
    List<String> progress = new ArrayList<>();
    try (Functions functions = Functions.open(MODULE, options.variants())) {
      results = new Benchmark(settings, options.variants(), functions, null, scratch, progress::add)
          .run(MODULE, 1);
    }
    Setting setting = settings.get(0);
    assertEquals(List.of("preparing " + setting, "round 1 of 1"), progress);
    assertEquals(List.of(Variant.values()), List.copyOf(results.variants()));
    for (Variant variant : Variant.values()) {
      Sample sample = results.samples(setting, variant).get(0);
      assertTrue(sample.initMillis() > 0, sample::toString);
      assertTrue(sample.firstCallMillis() > 0, sample::toString);
      assertTrue(sample.firstCallCpuMillis() > 0, sample::toString);
      assertTrue(sample.cpuMillis() > sample.firstCallCpuMillis(), sample::toString);
      assertTrue(sample.peakMib() > 10, sample::toString);
    }
    assertTrue(classes(results, setting, Variant.FLOOR) < classes(results, setting, Variant.TREE));
    assertTrue(classes(results, setting, Variant.TREE) < classes(results, setting, Variant.ECHO));
    assertTrue(
        classes(results, setting, Variant.ECHO) < classes(results, setting, Variant.ECHO_OAUTH));
    List<String> lines = Report.measurements(settings, results);
    assertEquals(2 + Variant.values().length, lines.size());
    assertFalse(Promises.of(settings, results).isEmpty());
  }

  @Test
  void anArchiveIsWrittenAndUsed() throws Exception {
    Options options = Options.parse("--profile", "cds", "--share", "full", "--variant", "tree");
    List<Setting> settings = options.settings(false);
    try (Functions functions = Functions.open(MODULE, options.variants())) {
      Results results = new Benchmark(
              settings, options.variants(), functions, null, scratch, line -> {})
          .run(MODULE, 2);
      assertEquals(2, results.samples(settings.get(0), Variant.TREE).size());
    }
  }

  private static long classes(Results results, Setting setting, Variant variant) {
    return results.classes(setting, variant).orElseThrow();
  }
}
