package dev.statelessmcp.examples.benchmarks.coldstart;

import dev.statelessmcp.examples.benchmarks.results.Measurement;
import dev.statelessmcp.examples.benchmarks.results.Measurements;
import java.util.List;

/** The cold starts in the form of the other benchmarks, for the report and the charts. */
final class MeasurementsFile {
  private static final String BENCHMARK = "cold";

  private MeasurementsFile() {}

  /** A case is a profile and a share; a contender is a function. */
  static Measurements of(String machine, List<Setting> settings, Results results) {
    Measurements measurements = new Measurements();
    measurements.note(machine);
    measurements.note(
        "cold: from the start of the process to the first answer, behind AWS's runtime"
            + " client; profile of the JVM, share of CPU after the init phase");
    for (Setting setting : settings) {
      for (Variant variant : Variant.values()) {
        List<Sample> samples = results.samples(setting, variant);
        for (int i = 0; i < samples.size(); i++) {
          Sample sample = samples.get(i);
          measurements.add(
              row(setting, variant, "start to first answer, ms", i, sample.sumMillis()));
          measurements.add(row(setting, variant, "CPU, ms", i, sample.cpuMillis()));
          measurements.add(
              row(setting, variant, "CPU of the first call, ms", i, sample.firstCallCpuMillis()));
        }
      }
    }
    return measurements;
  }

  private static Measurement row(
      Setting setting, Variant variant, String metric, int index, double value) {
    return new Measurement(
        BENCHMARK,
        Integer.toString(setting.jdk().feature()),
        setting.profile() + ", " + setting.share(),
        contender(variant),
        metric,
        index + 1,
        value);
  }

  /** The names that the other benchmarks have; what only reads and writes JSON is "bare". */
  private static String contender(Variant variant) {
    return switch (variant) {
      case TREE -> "bare";
      case ECHO -> "stateless-mcp";
      case OFFICIAL -> "sdk";
      case FLOOR, ARCHIVED, ECHO_OAUTH -> variant.toString();
    };
  }
}
