package dev.statelessmcp.examples.benchmarks.coldstart;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Formats plain text in columns: the first ones left-aligned, the others right-aligned. */
final class Table {
  private static final String GAP = "  ";

  private final int leftColumns;
  private final List<List<String>> rows = new ArrayList<>();

  Table(int leftColumns) {
    this.leftColumns = leftColumns;
  }

  /** Adds a row. All rows must have the same number of cells. */
  void row(List<String> cells) {
    rows.add(cells);
  }

  /** Returns the lines, without trailing spaces. */
  List<String> lines() {
    List<Integer> widths = new ArrayList<>(Collections.nCopies(rows.get(0).size(), 0));
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths.set(i, Math.max(widths.get(i), row.get(i).length()));
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private String line(List<String> row, List<Integer> widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      String padding = " ".repeat(widths.get(i) - row.get(i).length());
      line.append(i == 0 ? "" : GAP);
      line.append(i < leftColumns ? row.get(i) + padding : padding + row.get(i));
    }
    return line.toString().stripTrailing();
  }
}
