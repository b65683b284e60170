package dev.statelessmcp.examples.benchmarks.stdio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A short run of all of it; what it measures is not looked at. */
@EnabledOnOs(OS.LINUX)
class StdioIT {
  private static final int COLUMNS = 7;

  @Test
  void measuresEachRevisionInEachRound(@TempDir Path folder) throws Exception {
    Path out = folder.resolve("stdio.tsv");
    StdioMain.main(new String[] {"--rounds", "2", "--calls", "1000", "--out", out.toString()});
    List<String> lines = Files.readAllLines(out);
    assertTrue(lines.get(1).startsWith("# stdio: 2 rounds of 1000 pipelined calls"), lines.get(1));
    List<String[]> rows = lines.stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("\t", -1))
        .toList();
    // two revisions and contenders, three figures in each of two rounds, and the memory at the end
    assertEquals(2 * 2 * (2 * 3 + 1), rows.size(), lines::toString);
    for (String[] row : rows) {
      assertEquals(COLUMNS, row.length);
      assertTrue(Double.parseDouble(row[COLUMNS - 1]) >= 0, () -> String.join(" ", row));
    }
    assertEquals(Set.of("echo, 2026-07-28", "echo, 2025-11-25"), column(rows, 2));
    assertEquals(Set.of("stateless-mcp", "bare"), column(rows, 3));
    assertEquals(Set.of("calls/s", "CPU, µs/call", "idle, µs", "RSS, MiB"), column(rows, 4));
    assertEquals(Set.of("1", "2"), column(rows, 5));
  }

  private static Set<String> column(List<String[]> rows, int index) {
    return rows.stream().map(row -> row[index]).collect(Collectors.toCollection(TreeSet::new));
  }
}
