package dev.statelessmcp.examples.benchmarks.coldstart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** The measurements. The n-th samples of all functions are those of the n-th round. */
final class Results {
  private record Row(Setting setting, Variant variant) {}

  private final Map<Row, List<Sample>> samples = new LinkedHashMap<>();
  private final Map<Row, Long> classes = new LinkedHashMap<>();
  private final Map<Variant, Long> zipBytes = new LinkedHashMap<>();
  private final Map<Row, Long> otherZipBytes = new LinkedHashMap<>();

  void add(Setting setting, Variant variant, Sample sample) {
    samples.computeIfAbsent(new Row(setting, variant), row -> new ArrayList<>()).add(sample);
  }

  void classes(Setting setting, Variant variant, long count) {
    classes.put(new Row(setting, variant), count);
  }

  void zipBytes(Variant variant, long bytes) {
    zipBytes.put(variant, bytes);
  }

  /** The samples in the order of the rounds; empty if there are none. */
  List<Sample> samples(Setting setting, Variant variant) {
    return samples.getOrDefault(new Row(setting, variant), List.of());
  }

  OptionalLong classes(Setting setting, Variant variant) {
    Long count = classes.get(new Row(setting, variant));
    return count == null ? OptionalLong.empty() : OptionalLong.of(count);
  }

  OptionalLong zipBytes(Variant variant) {
    Long bytes = zipBytes.get(variant);
    return bytes == null ? OptionalLong.empty() : OptionalLong.of(bytes);
  }

  /** The package of a variant that has a different package in each setting. */
  void zipBytes(Setting setting, Variant variant, long bytes) {
    otherZipBytes.put(new Row(setting, variant), bytes);
  }

  OptionalLong zipBytes(Setting setting, Variant variant) {
    Long bytes = otherZipBytes.get(new Row(setting, variant));
    return bytes == null ? zipBytes(variant) : OptionalLong.of(bytes);
  }

  Set<Variant> variants() {
    return zipBytes.keySet();
  }
}
