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
  private final Map<List<Object>, Prepared> prepared = new HashMap<>();
  private final Results results = new Results();

  /** A prepared package with its JVM flags. */
  private record Prepared(Path root, List<String> flags) {}

  /**
   * Creates a benchmark.
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
      for (Variant variant : variantsOf(setting)) {
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

  private List<Variant> variantsOf(Setting setting) {
    return variants.stream().filter(variant -> variant.isFor(setting)).toList();
  }

  private void prepare(Setting setting, Variant variant) throws IOException {
    Path folder = Files.createDirectories(scratch.resolve(Integer.toString(prepared.size())));
    Preparation preparation = new Preparation(coldStart, folder);
    Path root = preparation.root(setting, variant, functions.code(variant));
    List<String> flags = preparation.flags(setting, variant, root);
    prepared.put(List.of(setting, variant), new Prepared(root, flags));
    results.classes(setting, variant, preparation.classes(setting, variant, root, flags));
    if (variant.isArchived()) {
      results.zipBytes(setting, variant, Preparation.zipped(root));
    }
  }

  private void round(Random random) throws IOException {
    List<Setting> shuffled = new ArrayList<>(settings);
    Collections.shuffle(shuffled, random);
    for (Setting setting : shuffled) {
      List<Variant> order = new ArrayList<>(variantsOf(setting));
      Collections.shuffle(order, random);
      for (Variant variant : order) {
        Prepared function = prepared.get(List.of(setting, variant));
        Sample sample = coldStart.measure(
            setting,
            variant,
            function.root(),
            function.flags(),
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
