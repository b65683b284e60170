package dev.statelessmcp.examples.benchmarks.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
