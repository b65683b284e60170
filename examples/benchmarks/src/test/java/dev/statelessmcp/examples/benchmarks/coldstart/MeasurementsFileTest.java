package dev.statelessmcp.examples.benchmarks.coldstart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the charts of cold starts are drawn from. */
class MeasurementsFileTest {
  private static final Setting FULL =
      new Setting(new Jdk(Path.of("jdk"), "25.0.3"), Profile.TIER1, Share.FULL);

  @Test
  void hasEveryRoundOfEveryFunction(@TempDir Path folder) throws Exception {
    Results results = new Results();
    for (Variant variant :
        List.of(Variant.TREE, Variant.ECHO, Variant.ARCHIVED, Variant.OFFICIAL)) {
      results.add(FULL, variant, new Sample(100, 20, 90, 5, 60));
    }
    results.add(FULL, Variant.ECHO, new Sample(110, 20, 95, 6, 60));
    Path file = folder.resolve("results/cold.tsv");
    MeasurementsFile.of("a machine", List.of(FULL), results).write(file);
    List<String> lines = Files.readAllLines(file);
    assertEquals("# a machine", lines.get(0));
    assertEquals(
        List.of(
            "cold\t25\ttier1, full\tbare\tstart to first answer, ms\t1\t120.000",
            "cold\t25\ttier1, full\tstateless-mcp\tstart to first answer, ms\t1\t120.000",
            "cold\t25\ttier1, full\tstateless-mcp\tstart to first answer, ms\t2\t130.000",
            "cold\t25\ttier1, full\tarchived\tstart to first answer, ms\t1\t120.000",
            "cold\t25\ttier1, full\tsdk\tstart to first answer, ms\t1\t120.000"),
        lines.stream().filter(line -> line.contains("start to first")).toList());
    assertEquals(5, lines.stream().filter(line -> line.contains("\tCPU, ms\t")).count());
  }
}
