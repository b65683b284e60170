package dev.statelessmcp.examples.benchmarks.coldstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Runs every function in every setting, once per round. In a round the functions run one after the
 * other, in a random order, so that other load on the machine affects all of them.
 */
final class Benchmark {
  private final List<Setting> settings;
  private final List<Variant> variants;
  private final Functions functions;
  private final ColdStart coldStart;
  private final CpuQuota quota;
  private final Path scratch;
  private final Consumer<String> progress;
  private final Map<List<Object>, List<String>> flags = new HashMap<>();
  private final Results results = new Results();

  /**
   * Describes a benchmark.
   *
   * @param quota for the settings with a limited CPU share; null if there are none
   * @param scratch a folder for the runtime client and archives
   */
  Benchmark(
      List<Setting> settings,
      List<Variant> variants,
      Functions functions,
      CpuQuota quota,
      Path scratch,
      Consumer<String> progress)
      throws IOException {
    this.settings = settings;
    this.variants = variants;
    this.functions = functions;
    this.quota = quota;
    this.scratch = scratch;
    this.progress = progress;
    coldStart = new ColdStart(
        EchoCall.load(), functions.issuer(), Files.createDirectories(scratch.resolve("runtime")));
  }

  Results run(Path module, int rounds) throws IOException {
    for (Variant variant : variants) {
      results.zipBytes(variant, Files.size(module.resolve(variant.zip())));
    }
    for (Setting setting : settings) {
      progress.accept("preparing " + setting);
      for (Variant variant : variants) {
        prepare(setting, variant);
      }
    }
    for (int round = 1; round <= rounds; round++) {
      progress.accept("round " + round + " of " + rounds);
      round(new Random(round));
      if (round == 1) {
        checkThrottling();
      }
    }
    return results;
  }

  private void prepare(Setting setting, Variant variant) throws IOException {
    Path folder = Files.createDirectories(scratch.resolve(Integer.toString(flags.size())));
    Preparation preparation = new Preparation(coldStart, folder);
    List<String> chosen = preparation.flags(setting, variant, functions.code(variant));
    flags.put(List.of(setting, variant), chosen);
    results.classes(
        setting, variant, preparation.classes(setting, variant, functions.code(variant), chosen));
  }

  private void round(Random random) throws IOException {
    List<Setting> shuffled = new ArrayList<>(settings);
    Collections.shuffle(shuffled, random);
    for (Setting setting : shuffled) {
      List<Variant> order = new ArrayList<>(variants);
      Collections.shuffle(order, random);
      for (Variant variant : order) {
        Sample sample = coldStart.measure(
            setting,
            variant,
            functions.code(variant),
            flags.get(List.of(setting, variant)),
            setting.share().isLimited() ? quota : null);
        results.add(setting, variant, sample);
      }
    }
  }

  /** Checks that the quota has an effect: a kernel may accept it and not enforce it. */
  private void checkThrottling() throws IOException {
    if (quota != null && !variants.equals(List.of(Variant.FLOOR)) && quota.throttled() == 0) {
      throw new IOException("The CPU quota has no effect on this machine; leave its share out");
    }
  }
}
