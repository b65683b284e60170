package dev.statelessmcp.examples.benchmarks.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Draws files of measurements as charts in SVG that are readable on light and dark backgrounds. A
 * bar is the figure of a contender relative to the contender {@code bare}, or that of a catalogue
 * relative to the smallest one: the median of the ratios within a round. A single source file, so
 * that {@code java Chart.java FOLDER FILE...} runs it.
 */
public final class Chart {
  private static final String REFERENCE = "bare";
  private static final int MIN_ARGUMENTS = 2;
  private static final Map<String, String> NAMES = Map.of(
      "stateless-mcp", "Stateless MCP",
      "archived", "with class-data archive",
      "sdk", "Java SDK 2.1.0",
      "quarkus", "Quarkus MCP 1.13");

  /** A case with a catalogue, and its number of tools. */
  private static final Pattern CATALOGUE = Pattern.compile("(call, |list of )([0-9,]+) tools");

  private static final String SMALLEST = "10";

  private static final int LABELS = 225;
  private static final int PANEL = 260;
  private static final int BAR_AREA = 200;
  private static final int BAR = 14;
  private static final int LABEL = 28; // the figure next to a bar
  private static final int GAP = 10;
  private static final int TOP = 92;
  private static final int FOOTER_LINE = 15;
  private static final int FOOTER_LENGTH = 118;
  private static final double MAX_RATIO = 2;
  private static final String STYLE = """
      <style>
        text { font: 12px system-ui, sans-serif; fill: #1f2328; }
        .title { font-size: 15px; font-weight: 600; }
        .small { font-size: 11px; fill: #59636e; }
        .line { stroke: #818b98; }
        .c0 { fill: #0969da; } .c1 { fill: #bc4c00; } .c2 { fill: #8250df; } .c3 { fill: #59636e; }
        @media (prefers-color-scheme: dark) {
          text { fill: #f0f6fc; }
          .small { fill: #9198a1; }
          .line { stroke: #656c76; }
          .c0 { fill: #4493f8; } .c1 { fill: #db6d28; } .c2 { fill: #ab7df8; } .c3 { fill: #9198a1; }
        }
      </style>
      """;

  /** The charts, which are drawn if they were measured. */
  private static final List<Kind> KINDS = List.of(
      new Kind(
          "http",
          "calls/s",
          "http-throughput",
          "HTTP calls per second, relative to bare Jetty with jackson-databind",
          "longer is faster"),
      new Kind(
          "cold",
          "start to first answer, ms",
          "cold-start",
          "Cold start on Lambda, relative to a function that only reads and writes JSON",
          "shorter is faster"),
      new Kind(
          "http",
          "CPU, µs/call",
          "http-cpu",
          "CPU time per HTTP call, relative to bare Jetty with jackson-databind",
          "shorter is cheaper"),
      new Kind(
          "stdio",
          "calls/s",
          "stdio-throughput",
          "Calls per second over stdio, relative to a bare loop",
          "longer is faster"),
      new Kind(
          "dispatch",
          "µs/call",
          "dispatch-time",
          "Time of a call in process, relative to jackson-databind",
          "shorter is faster"),
      new Kind(
          "dispatch",
          "µs/call",
          "dispatch-catalogues",
          "Larger catalogues: time of a call, and of a list per tool, relative to 10 tools",
          "shorter is faster",
          true));

  private final List<String> notes = new ArrayList<>();
  private final List<String[]> rows = new ArrayList<>();

  private Chart() {}

  /**
   * Draws the charts.
   *
   * @param arguments the folder for the charts, then the files with measurements
   * @throws IOException if a file cannot be read or written
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length < MIN_ARGUMENTS) {
      System.err.println("Usage: java Chart.java FOLDER FILE...");
      System.exit(2);
    }
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    for (String file : Arrays.copyOfRange(arguments, 1, arguments.length)) {
      Chart chart = new Chart();
      chart.read(Path.of(file));
      for (Kind kind : KINDS) {
        String svg = chart.draw(kind);
        if (svg != null) {
          Files.writeString(folder.resolve(kind.file() + ".svg"), svg);
        }
      }
    }
  }

  private void read(Path file) throws IOException {
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("#")) {
        notes.add(line.substring(1).strip());
      } else if (!line.isBlank()) {
        rows.add(line.split("\t", -1));
      }
    }
  }

  /** Returns null if there is nothing to draw. */
  private String draw(Kind kind) {
    // The ratios by case, then contender, then JDK
    Map<String, Map<String, Map<String, Double>>> cases = ratios(kind);
    if (cases.isEmpty()) {
      return null;
    }
    List<String> jdks = rows.stream().map(row -> row[1]).distinct().sorted().toList();
    List<String> contenders = cases.values().stream()
        .flatMap(it -> it.keySet().stream())
        .distinct()
        .sorted((a, b) ->
            a.equals("stateless-mcp") ? -1 : b.equals("stateless-mcp") ? 1 : a.compareTo(b))
        .toList();
    StringBuilder body = new StringBuilder();
    text(body, "title", 0, 18, kind.title());
    text(
        body,
        "small",
        0,
        36,
        "Medians of the ratios within a round; " + kind.direction() + "; the line is 1.");
    legend(body, contenders);
    for (int panel = 0; panel < jdks.size(); panel++) {
      text(body, "small", LABELS + panel * PANEL, TOP - 8, "JDK " + jdks.get(panel));
    }
    int y = TOP;
    for (Map.Entry<String, Map<String, Map<String, Double>>> subject : cases.entrySet()) {
      int height = subject.getValue().size() * BAR;
      text(body, "", 0, y + height / 2 + 4, subject.getKey());
      for (String contender : contenders) {
        Map<String, Double> bars = subject.getValue().get(contender);
        if (bars != null) {
          for (int panel = 0; panel < jdks.size(); panel++) {
            bar(
                body,
                LABELS + panel * PANEL,
                y,
                contenders.indexOf(contender),
                bars.get(jdks.get(panel)));
          }
          y += BAR;
        }
      }
      y += GAP;
    }
    for (int panel = 0; panel < jdks.size(); panel++) {
      double x = LABELS + panel * PANEL + BAR_AREA / MAX_RATIO;
      body.append(String.format(
          Locale.ROOT,
          "<line class=\"line\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>%n",
          x,
          x,
          TOP - 4,
          y - GAP + 4));
    }
    for (String line : footer()) {
      y += FOOTER_LINE;
      text(body, "small", 0, y, line);
    }
    int width = LABELS + jdks.size() * PANEL;
    return String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-8 -4 %d %d\" width=\"%d\""
                + " role=\"img\">%n<title>%s</title>%n",
            Math.max(width, 700) + 16,
            y + 16,
            Math.max(width, 700) + 16,
            escape(kind.title()))
        + STYLE + body + "</svg>\n";
  }

  private List<String> footer() {
    List<String> lines = new ArrayList<>();
    for (String note : notes) {
      StringBuilder line = new StringBuilder();
      for (String word : note.split(" ", -1)) {
        if (line.length() + word.length() > FOOTER_LENGTH) {
          lines.add(line.toString());
          line.setLength(0);
        }
        line.append(line.isEmpty() ? "" : " ").append(word);
      }
      lines.add(line.toString());
    }
    return lines;
  }

  private static void legend(StringBuilder body, List<String> contenders) {
    int x = 0;
    for (int i = 0; i < contenders.size(); i++) {
      body.append(String.format(
          Locale.ROOT,
          "<rect class=\"c%d\" x=\"%d\" y=\"47\" width=\"10\" height=\"10\"/>%n",
          Math.min(i, 3),
          x));
      text(body, "", x + 15, 57, NAMES.getOrDefault(contenders.get(i), contenders.get(i)));
      x += 165;
    }
  }

  private static void bar(StringBuilder body, int x, int y, int color, Double ratio) {
    if (ratio == null) {
      return;
    }
    double width = Math.min(ratio, MAX_RATIO) / MAX_RATIO * BAR_AREA;
    body.append(String.format(
        Locale.ROOT,
        "<rect class=\"c%d\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>%n",
        Math.min(color, 3),
        x,
        y,
        width,
        BAR - 3));
    // Not across the line of the reference, where it is not readable
    double line = BAR_AREA / MAX_RATIO;
    double end = width <= line && width + LABEL > line ? line : width;
    text(
        body,
        "small",
        (int) (x + end) + 4,
        y + BAR - 4,
        String.format(Locale.ROOT, ratio > MAX_RATIO ? "%.2f …" : "%.2f", ratio));
  }

  private static void text(StringBuilder body, String style, int x, int y, String text) {
    body.append("<text class=\"")
        .append(style)
        .append("\" x=\"")
        .append(x)
        .append("\" y=\"")
        .append(y)
        .append("\">")
        .append(escape(text))
        .append("</text>\n");
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private Map<String, Map<String, Map<String, Double>>> ratios(Kind kind) {
    // The figures by case, JDK and round, of the reference and of the others
    Map<String, Double> reference = new LinkedHashMap<>();
    Map<String, Map<String, Map<String, List<Double>>>> found = new LinkedHashMap<>();
    for (String[] row : rows) {
      if (isOf(kind, row) && kind.isReference(row)) {
        reference.put(kind.round(row), kind.figure(row));
      }
    }
    for (String[] row : rows) {
      Double other = reference.get(kind.round(row));
      if (isOf(kind, row) && kind.isDrawn(row) && other != null) {
        found
            .computeIfAbsent(row[2], it -> new LinkedHashMap<>())
            .computeIfAbsent(row[3], it -> new TreeMap<>())
            .computeIfAbsent(row[1], it -> new ArrayList<>())
            .add(kind.figure(row) / other);
      }
    }
    Map<String, Map<String, Map<String, Double>>> medians = new LinkedHashMap<>();
    found.forEach((subject, contenders) ->
        contenders.forEach((contender, jdks) -> jdks.forEach((jdk, values) -> medians
            .computeIfAbsent(subject, it -> new LinkedHashMap<>())
            .computeIfAbsent(contender, it -> new TreeMap<>())
            .put(jdk, median(values)))));
    return medians;
  }

  private static boolean isOf(Kind kind, String[] row) {
    return row[0].equals(kind.benchmark()) && row[4].equals(kind.metric());
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /**
   * A chart.
   *
   * @param catalogues true if a case with a catalogue is compared with that of 10 tools, and not a
   *     contender with {@code bare}
   */
  private record Kind(
      String benchmark,
      String metric,
      String file,
      String title,
      String direction,
      boolean catalogues) {

    Kind(String benchmark, String metric, String file, String title, String direction) {
      this(benchmark, metric, file, title, direction, false);
    }

    boolean isReference(String[] row) {
      return catalogues ? isDrawn(row) && tools(row).equals(SMALLEST) : row[3].equals(REFERENCE);
    }

    boolean isDrawn(String[] row) {
      return NAMES.containsKey(row[3])
          && (!catalogues || CATALOGUE.matcher(row[2]).matches());
    }

    /** The key that figures to compare have in common. */
    String round(String[] row) {
      Matcher catalogue = CATALOGUE.matcher(row[2]);
      String subject = catalogues && catalogue.matches() ? catalogue.group(1) : row[2];
      return row[1] + "\t" + subject + "\t" + row[5];
    }

    /** The figure; that of a list is divided by its number of tools. */
    double figure(String[] row) {
      double figure = Double.parseDouble(row[6]);
      boolean list = catalogues && row[2].startsWith("list");
      return list ? figure / Double.parseDouble(tools(row).replace(",", "")) : figure;
    }

    private static String tools(String[] row) {
      Matcher catalogue = CATALOGUE.matcher(row[2]);
      return catalogue.matches() ? catalogue.group(2) : "";
    }
  }
}
