package dev.statelessmcp.examples.benchmarks.stdio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A short run of all of it; what it measures is not looked at. */
@EnabledOnOs(OS.LINUX)
class StdioIT {
  private final PrintStream out = System.out;

  @AfterEach
  void restore() {
    System.setOut(out);
  }

  @Test
  void printsARowForEachRevision() throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    StdioMain.main(new String[] {"--rounds", "2", "--calls", "1000"});
    List<String> table = printed
        .toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith("|"))
        .toList();
    assertEquals(4, table.size(), printed::toString);
    long columns = table.get(0).chars().filter(c -> c == '|').count();
    for (String row : table) {
      assertEquals(columns, row.chars().filter(c -> c == '|').count(), row);
    }
    assertTrue(table.get(2).contains("| 2026-07-28 |"), table::toString);
    assertTrue(table.get(3).contains("| 2025-11-25 |"), table::toString);
  }
}
