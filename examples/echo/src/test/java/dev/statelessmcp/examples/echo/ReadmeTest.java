package dev.statelessmcp.examples.echo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks the README: its Java is code that compiles, and its links have targets. */
class ReadmeTest {
  private static final Path ROOT = Path.of("..", "..");
  private static final Pattern JAVA = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|#)([^)#]+)");

  @Test
  void everyJavaSnippetIsCompiledCode() throws IOException {
    StringBuilder code = new StringBuilder();
    try (Stream<Path> files = Files.walk(ROOT.resolve("examples"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        code.append(squeezed(Files.readString(file))).append(' ');
      }
    }
    List<String> missing = new ArrayList<>();
    int snippets = 0;
    Matcher matcher = JAVA.matcher(Files.readString(ROOT.resolve("README.md")));
    while (matcher.find()) {
      snippets++;
      for (String part : matcher.group(1).split("\n\\s*\n", -1)) {
        if (code.indexOf(squeezed(part)) < 0) {
          missing.add(part);
        }
      }
    }
    assertEquals(List.of(), missing, "Java in the README that is missing in the examples");
    assertTrue(snippets > 3, "the README lost its Java");
  }

  /** Ignores the formatter's line breaks. */
  private static String squeezed(String code) {
    return code.replaceAll("\\s+", "");
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
