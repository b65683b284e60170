package dev.statelessmcp.examples.echo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks the pages: their Java is code that compiles, and their links have targets. */
class ReadmeTest {
  private static final Path ROOT = Path.of("..", "..");
  private static final Pattern JAVA = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|#)([^)#]+)");

  private static final Pattern JAVA_FILE = Pattern.compile("`(?:[\\w/-]+/)?(\\w+\\.java)`");
  private static final Pattern METHOD = Pattern.compile("`([A-Z]\\w+)\\.(?!java`)([a-z]\\w+)`");

  /**
   * A snippet with its package or imports is a whole class. Any other has, in the paragraph before
   * it or after it, a link to the file that it comes from. Both are code that compiles.
   */
  @Test
  void everyJavaSnippetIsCompiledCodeWithItsImportsOrALink() throws IOException {
    Set<String> classes = new HashSet<>();
    for (Path file : files("", ".java")) {
      classes.add(wholeClass(Files.readString(file)));
    }
    List<String> missing = new ArrayList<>();
    int snippets = 0;
    for (Path page : files("", ".md")) {
      String text = Files.readString(page);
      Matcher matcher = JAVA.matcher(text);
      while (matcher.find()) {
        snippets++;
        String snippet = matcher.group(1);
        if (snippet.startsWith("import ") || snippet.startsWith("package ")) {
          if (!classes.contains(wholeClass(snippet))) {
            missing.add(page + ": " + snippet);
          }
          continue;
        }
        String code = linkedCode(page, lastParagraph(text.substring(0, matcher.start())))
            + linkedCode(page, firstParagraph(text.substring(matcher.end())));
        for (String part : snippet.split("\n\\s*\n", -1)) {
          if (!code.contains(squeezed(part))) {
            missing.add(page + (code.isEmpty() ? " links no file for: " : ": ") + part);
          }
        }
      }
    }
    assertEquals(List.of(), missing, "Java without imports, or missing in the file that is linked");
    assertTrue(snippets > 12, "the pages lost their Java");
  }

  /** The files of the project, without what a build or an install has made. */
  private static List<Path> files(String folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
      return files
          .filter(file -> file.toString().endsWith(ending))
          .filter(file -> !file.toString().contains("node_modules"))
          .filter(file -> !file.toString().contains("target"))
          .toList();
    }
  }

  private static String linkedCode(Path page, String paragraph) throws IOException {
    StringBuilder code = new StringBuilder();
    Matcher link = LINK.matcher(paragraph);
    while (link.find()) {
      Path file = page.resolveSibling(link.group(1));
      if (link.group(1).endsWith(".java") && Files.exists(file)) {
        code.append(squeezed(Files.readString(file)));
      }
    }
    return code.toString();
  }

  private static String lastParagraph(String text) {
    String end = text.stripTrailing();
    return end.substring(end.lastIndexOf("\n\n") + 1);
  }

  private static String firstParagraph(String text) {
    return text.strip().split("\n\n", 2)[0];
  }

  /** A class without its comments and its package, which is another one here. */
  private static String wholeClass(String code) {
    return squeezed(code.replaceAll("(?s)/\\*.*?\\*/", "").replaceFirst("package .*;", ""));
  }

  /** Ignores the formatter's line breaks. */
  private static String squeezed(String code) {
    return code.replaceAll("\\s+", "");
  }

  /** What the pages for contributors name: the targets of links, and Java files. */
  @Test
  void everyFileThatThePagesNameExists() throws IOException {
    Set<String> javaFiles = new HashSet<>();
    try (Stream<Path> files = Files.walk(ROOT)) {
      files
          .filter(f -> f.toString().endsWith(".java"))
          .forEach(f -> javaFiles.add(f.getFileName().toString()));
    }
    try (Stream<Path> pages = Files.list(ROOT.resolve("docs"))) {
      for (Path page : pages.filter(f -> f.toString().endsWith(".md")).toList()) {
        String text = Files.readString(page);
        Matcher link = LINK.matcher(text);
        while (link.find()) {
          assertTrue(Files.exists(page.resolveSibling(link.group(1))), page + ": " + link.group(1));
        }
        Matcher file = JAVA_FILE.matcher(text);
        int named = 0;
        while (file.find()) {
          named++;
          assertTrue(javaFiles.contains(file.group(1)), page + ": " + file.group(1));
        }
        boolean forContributors = Set.of("architecture.md", "cold-start.md")
            .contains(page.getFileName().toString());
        assertTrue(!forContributors || named > 5, page + " names no files any more");
      }
    }
  }

  /** A page that is too long is not read, and one that no index names is not found. */
  @Test
  void everyPageIsShortAndInTheIndex() throws IOException {
    Path folder = ROOT.resolve("docs");
    String index = Files.readString(folder.resolve("README.md"));
    int found = 0;
    try (Stream<Path> pages = Files.list(folder)) {
      for (Path page : pages.filter(f -> f.toString().endsWith(".md")).toList()) {
        String name = page.getFileName().toString();
        int lines = Files.readAllLines(page).size();
        assertTrue(lines <= 250, name + " has " + lines + " lines");
        assertTrue(name.equals("README.md") || index.contains("](" + name + ")"), name);
        found++;
      }
    }
    assertTrue(found > 15, "pages: " + found);
    int lines = Files.readAllLines(ROOT.resolve("README.md")).size();
    assertTrue(lines <= 180, "README.md has " + lines + " lines");
  }

  /** A guarantee needs a test. */
  @Test
  void everySecurityGuaranteeNamesItsTests() throws IOException {
    int guarantees = 0;
    boolean inTable = false;
    for (String line : Files.readAllLines(ROOT.resolve("docs").resolve("security.md"))) {
      if (line.startsWith("| guarantee |")) {
        inTable = true;
      } else if (!line.startsWith("|")) {
        inTable = false;
      } else if (inTable && !line.startsWith("| ---")) {
        guarantees++;
        assertTrue(line.matches(".*`\\w+(Test|IT)\\.java`.*"), line);
      }
    }
    assertTrue(guarantees > 30, "the page lost its guarantees: " + guarantees);
  }

  /**
   * A marker without a row has no reason, and a row without a marker is not found from the code.
   */
  @Test
  void pageOnTheColdStartNamesTheFilesThatAreMarked() throws IOException {
    Set<String> marked = new TreeSet<>();
    try (Stream<Path> files = Files.walk(ROOT)) {
      for (Path file : files
          .filter(f -> f.toString().contains("src/main") && f.toString().endsWith(".java"))
          .toList()) {
        if (Files.readString(file).contains("// cold start")) {
          marked.add(file.getFileName().toString());
        }
      }
    }
    Set<String> named = new TreeSet<>();
    Matcher file =
        JAVA_FILE.matcher(Files.readString(ROOT.resolve("docs").resolve("cold-start.md")));
    while (file.find()) {
      named.add(file.group(1));
    }
    named.remove("ArchitectureTest.java");
    assertEquals(named, marked);
  }

  /** In the page on the architecture, {@code Class.method} names a method of a file. */
  @Test
  void everyMethodThatTheArchitectureNamesExists() throws IOException {
    Map<String, String> sources = new HashMap<>();
    try (Stream<Path> files = Files.walk(ROOT)) {
      for (Path file : files
          .filter(f -> f.toString().contains("src/main") && f.toString().endsWith(".java"))
          .toList()) {
        sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
      }
    }
    Matcher method =
        METHOD.matcher(Files.readString(ROOT.resolve("docs").resolve("architecture.md")));
    int named = 0;
    while (method.find()) {
      named++;
      String source = sources.get(method.group(1));
      assertTrue(
          source != null && source.matches("(?s).*\\b" + method.group(2) + "\\(.*"),
          method.group());
    }
    assertTrue(named > 15, "the page names no methods any more");
  }

  @Test
  void everyLinkInsideTheProjectLeadsSomewhere() throws IOException {
    for (String name : List.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md")) {
      Matcher matcher = LINK.matcher(Files.readString(ROOT.resolve(name)));
      while (matcher.find()) {
        assertTrue(Files.exists(ROOT.resolve(matcher.group(1))), name + ": " + matcher.group(1));
      }
      assertFalse(Files.readString(ROOT.resolve(name)).contains("TODO"), name);
    }
  }
}
