package dev.statelessmcp.examples.benchmarks.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A chart of a few measurements. */
class ChartTest {

  @Test
  void drawsWhatWasMeasured(@TempDir Path folder) throws Exception {
    Path file = Files.write(
        folder.resolve("http.tsv"),
        List.of(
            "# 2 x <processor>",
            "http\t17\techo\tbare\tcalls/s\t1\t1000",
            "http\t17\techo\tbare\tcalls/s\t2\t2000",
            "http\t17\techo\tstateless-mcp\tcalls/s\t1\t900",
            "http\t17\techo\tstateless-mcp\tcalls/s\t2\t2000",
            "http\t25\techo\tbare\tcalls/s\t1\t1000",
            "http\t25\techo\tsdk\tcalls/s\t1\t300"));
    Path charts = folder.resolve("charts");
    Chart.main(new String[] {charts.toString(), file.toString()});

    assertEquals(List.of("http-throughput.svg"), names(charts));
    Path svg = charts.resolve("http-throughput.svg");
    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(svg.toFile()); // is XML
    String text = Files.readString(svg);
    for (String shown : List.of(
        ">0.95<",
        ">0.30<",
        ">JDK 17<",
        ">JDK 25<",
        ">Java SDK 2.1.0<",
        "2 x &lt;processor&gt;",
        "prefers-color-scheme: dark")) {
      assertTrue(text.contains(shown), shown);
    }
  }

  @Test
  void drawsColdStarts(@TempDir Path folder) throws Exception {
    Path file = Files.write(
        folder.resolve("cold.tsv"),
        List.of(
            "# one processor",
            "cold\t25\ttier1, full\tbare\tstart to first answer, ms\t1\t200",
            "cold\t25\ttier1, full\tstateless-mcp\tstart to first answer, ms\t1\t220",
            "cold\t25\ttier1, full\tarchived\tstart to first answer, ms\t1\t90",
            "cold\t25\ttier1, full\tfloor\tstart to first answer, ms\t1\t102",
            "cold\t25\ttier1, full\tsdk\tstart to first answer, ms\t1\t640"));
    String text = draw(folder, file, "cold-start.svg");
    for (String shown :
        List.of(">1.10<", ">0.45<", ">3.20 …<", ">tier1, full<", ">with class-data archive<")) {
      assertTrue(text.contains(shown), shown);
    }
    assertFalse(text.contains("floor"), "what does nothing is left out");
    assertFalse(text.contains(">0.51<"), "what does nothing is left out");
  }

  @Test
  void drawsGrowingCatalogues(@TempDir Path folder) throws Exception {
    Path file = Files.write(
        folder.resolve("dispatch.tsv"),
        List.of(
            "dispatch\t25\tcall, bytes to bytes\tstateless-mcp\tµs/call\t1\t1.5",
            "dispatch\t25\tcall, 10 tools\tstateless-mcp\tµs/call\t1\t2",
            "dispatch\t25\tcall, 10,000 tools\tstateless-mcp\tµs/call\t1\t2.2",
            "dispatch\t25\tlist of 10 tools\tstateless-mcp\tµs/call\t1\t5",
            "dispatch\t25\tlist of 10,000 tools\tstateless-mcp\tµs/call\t1\t3750",
            "dispatch\t25\tlist of 10 tools\tbare\tµs/call\t1\t9"));
    Path charts = folder.resolve("charts");
    Chart.main(new String[] {charts.toString(), file.toString()});
    String text = Files.readString(charts.resolve("dispatch-catalogues.svg"));
    for (String shown : List.of(">1.00<", ">1.10<", ">0.75<", ">call, 10,000 tools<")) {
      assertTrue(text.contains(shown), shown);
    }
    assertFalse(text.contains("bytes to bytes"), "a call without a catalogue");
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(charts.resolve("dispatch-catalogues.svg").toFile());
  }

  private static String draw(Path folder, Path file, String chart) throws Exception {
    Path charts = folder.resolve("charts");
    Chart.main(new String[] {charts.toString(), file.toString()});
    assertEquals(List.of(chart), names(charts));
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(charts.resolve(chart).toFile()); // is XML
    return Files.readString(charts.resolve(chart));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
