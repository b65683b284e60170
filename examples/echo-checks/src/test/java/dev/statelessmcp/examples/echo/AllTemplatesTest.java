package dev.statelessmcp.examples.echo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.harrel.jsonschema.Validator;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every SAM template of the repository: the files, and what the pages tell to paste. */
class AllTemplatesTest {
  private static final Path ROOT = Templates.MODULE.resolve("../..").normalize();
  private static final Set<String> NOT_OURS = Set.of("target", "node_modules", ".git");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```yaml\\R(.*?)^ *```");
  private static final String MARK = "AWSTemplateFormatVersion";
  private static final Set<String> SECTIONS = Set.of(
      MARK,
      "Transform",
      "Description",
      "Parameters",
      "Conditions",
      "Globals",
      "Resources",
      "Outputs");

  /** A template, and the text around it that names its code. */
  record Found(String place, JsonNode template, String page) {
    @Override
    public String toString() {
      return place;
    }
  }

  static List<Found> all() {
    List<Found> all = new ArrayList<>();
    try {
      Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
          boolean skipped = NOT_OURS.contains(folder.getFileName().toString());
          return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
            throws IOException {
          String name = file.getFileName().toString();
          if (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".md")) {
            add(file, Files.readString(file), all);
          }
          return FileVisitResult.CONTINUE;
        }
      });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  private static void add(Path file, String text, List<Found> all) throws IOException {
    String place = ROOT.relativize(file).toString();
    if (!place.endsWith(".md")) {
      if (text.startsWith(MARK)) {
        all.add(new Found(place, Templates.load(file), ""));
      }
      return;
    }
    Matcher blocks = BLOCK.matcher(text);
    while (blocks.find()) {
      if (blocks.group(1).startsWith(MARK)) {
        all.add(new Found(place, Templates.load(new StringReader(blocks.group(1))), text));
      }
    }
  }

  static List<Found> pasted() {
    return all().stream().filter(found -> !found.page().isEmpty()).toList();
  }

  @Test
  void allAreFound() {
    List<String> places = all().stream().map(Found::place).toList();
    assertEquals(Templates.all().size() + 2, places.size(), places::toString);
    assertTrue(places.contains("docs/getting-started-lambda.md"), places::toString);
    assertTrue(places.contains("examples/report/sam/tasks.yaml"), places::toString);
  }

  @ParameterizedTest
  @MethodSource("all")
  void followsTheSamSchema(Found found) throws IOException {
    Optional<Validator.Result> result = Templates.validate(found.template());
    assumeTrue(result.isPresent(), "no shared/sam/sam.schema.json beside the project");
    assertTrue(result.get().isValid(), () -> Templates.describe(result.get()));
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyNameIsThere(Found found) {
    assertEquals(List.of(), TemplateRules.wrongNames(found.template()));
    assertTrue(SECTIONS.containsAll(Templates.keys(found.template())), found::place);
    assertEquals("2010-09-09", found.template().path(MARK).asText());
    assertEquals(
        "AWS::Serverless-2016-10-31", found.template().path("Transform").asText());
  }

  /** What a page tells to paste belongs to the project that the page makes. */
  @ParameterizedTest
  @MethodSource("pasted")
  void theFunctionIsThatOfThePage(Found found) {
    int functions = 0;
    for (JsonNode resource : found.template().path("Resources")) {
      if (resource.path("Type").asText().equals("AWS::Serverless::Function")) {
        functions++;
        JsonNode function = resource.path("Properties");
        String handler = function.path("Handler").asText();
        String name = handler.substring(handler.lastIndexOf('.') + 1);
        String folder = handler.substring(0, handler.length() - name.length() - 1);
        assertTrue(found.page().contains("package " + folder + ";"), handler);
        assertTrue(found.page().contains("class " + name + " extends McpLambdaHandler"), handler);
        String jar = function.path("CodeUri").asText();
        assertTrue(found.page().contains("<finalName>" + finalName(jar) + "</finalName>"), jar);
        assertTrue(Set.of("java21", "java25").contains(function.path("Runtime").asText()));
        assertTrue(function.path("MemorySize").asInt() >= 128, "memory");
        int timeout = function.path("Timeout").asInt();
        assertTrue(timeout > 0 && timeout <= 900, "timeout");
      }
    }
    assertTrue(functions > 0, "no function");
  }

  private static String finalName(String jar) {
    assertTrue(jar.matches("target/[^/]+\\.jar"), jar);
    return jar.substring("target/".length(), jar.length() - ".jar".length());
  }
}
