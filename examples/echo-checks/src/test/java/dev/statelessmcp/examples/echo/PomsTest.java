package dev.statelessmcp.examples.echo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * The BOM and the pom of the echo example have no parent; these checks do what a parent would do.
 */
class PomsTest {
  private static final Path ROOT = Path.of("..", "..");

  private static Element pom(String folder) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(ROOT.resolve(folder).resolve("pom.xml").toFile())
        .getDocumentElement();
  }

  private static List<Element> children(Element parent) {
    List<Element> children = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element) {
        children.add(element);
      }
    }
    return children;
  }

  /** The text at a path of element names; empty where there is none. */
  private static String text(Element from, String... path) {
    Element at = from;
    for (String name : path) {
      at = children(at).stream()
          .filter(child -> child.getTagName().equals(name))
          .findFirst()
          .orElse(null);
      if (at == null) {
        return "";
      }
    }
    return at.getTextContent().strip();
  }

  private static List<Element> all(Element pom, String name) {
    List<Element> found = new ArrayList<>();
    for (Element child : children(pom)) {
      if (child.getTagName().equals(name)) {
        found.add(child);
      }
      found.addAll(all(child, name));
    }
    return found;
  }

  /** The version of each plugin that the pom names one for. */
  private static Map<String, String> pluginVersions(Element pom) {
    Map<String, String> versions = new TreeMap<>();
    for (Element plugin : all(pom, "plugin")) {
      if (!text(plugin, "version").isEmpty()) {
        versions.put(text(plugin, "artifactId"), resolved(pom, text(plugin, "version")));
      }
    }
    return versions;
  }

  private static String resolved(Element pom, String version) {
    return version.startsWith("${")
        ? text(pom, "properties", version.substring(2, version.length() - 1))
        : version;
  }

  @Test
  void bomHasTheVersionOfEveryArtifactThatIsPublished() throws Exception {
    Set<String> published = new TreeSet<>();
    try (Stream<Path> files = Files.walk(ROOT)) {
      for (Path file : files
          .filter(f -> f.endsWith("pom.xml"))
          .map(ROOT::relativize)
          .filter(f -> !f.startsWith("examples") && !f.startsWith(".ci") && f.getNameCount() > 1)
          .filter(f -> !f.toString().contains("target"))
          .toList()) {
        Element pom = pom(file.getParent().toString());
        if (!text(pom, "packaging").equals("pom")) {
          published.add(text(pom, "artifactId"));
        }
      }
    }
    Element bom = pom("mcp-core/bom");
    Set<String> listed = new TreeSet<>();
    for (Element dependency : all(bom, "dependency")) {
      assertEquals("dev.statelessmcp", text(dependency, "groupId"));
      assertEquals("${project.version}", text(dependency, "version"));
      listed.add(text(dependency, "artifactId"));
    }
    assertEquals(published, listed);
    assertTrue(published.size() > 5, published::toString);
    assertEquals(text(pom(""), "version"), text(bom, "version"));
  }

  @Test
  void bothNameThePluginVersionsOfTheOthers() throws Exception {
    Map<String, String> expected = pluginVersions(pom(""));
    for (String folder : List.of("mcp-core/bom", "examples/echo")) {
      Map<String, String> versions = pluginVersions(pom(folder));
      assertFalse(versions.isEmpty());
      versions.forEach(
          (plugin, version) -> assertEquals(expected.get(plugin), version, folder + ": " + plugin));
    }
  }

  @Test
  void echoNamesTheVersionsOfTheOthers() throws Exception {
    Element echo = pom("examples/echo");
    Element root = pom("");
    assertEquals(text(root, "version"), text(echo, "properties", "stateless-mcp.version"));
    for (String name : List.of("junit.version", "slf4j.version", "maven.compiler.release")) {
      assertEquals(text(root, "properties", name), text(echo, "properties", name), name);
    }
    assertEquals(text(echo, "version"), text(pom("examples"), "properties", "echo.version"));
  }

  /** So it can be copied; .ci/seed does that. */
  @Test
  void echoHasNoParentAndNamesNothingOutsideItsFolder() throws Exception {
    Element echo = pom("examples/echo");
    assertEquals("", text(echo, "parent"));
    for (Element version : all(echo, "version")) {
      String text = version.getTextContent();
      assertTrue(version.getParentNode().isSameNode(echo) || text.matches("\\$\\{[\\w.-]+}"), text);
    }
    List<String> outside = new ArrayList<>();
    Pattern parentFolder = Pattern.compile("\\.\\./\\.\\.\\S*");
    try (Stream<Path> files = Files.walk(ROOT.resolve("examples").resolve("echo"))) {
      for (Path file : files
          .filter(Files::isRegularFile)
          .filter(f -> !f.toString().contains("target") && !f.toString().endsWith(".md"))
          .toList()) {
        Matcher matcher = parentFolder.matcher(Files.readString(file));
        while (matcher.find()) {
          outside.add(file.getFileName() + ": " + matcher.group());
        }
      }
    }
    // The makefile looks whether it is in the repository, and builds the library then
    assertTrue(
        outside.stream().allMatch(found -> found.startsWith("makefile: ")), outside::toString);
  }
}
