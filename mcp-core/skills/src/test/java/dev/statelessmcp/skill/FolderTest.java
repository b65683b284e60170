package dev.statelessmcp.skill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of a folder, and what is refused when a server starts. */
class FolderTest {
  @TempDir
  Path root;

  private void write(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static String skill(String name) {
    return "---\nname: " + name + "\ndescription: Does it\n---\nDo it.\n";
  }

  private List<String> files(Skills skills) {
    List<String> paths = new ArrayList<>();
    skills.list().forEach(skill -> skill.files().forEach(file -> paths.add(file.path())));
    return paths;
  }

  private void refused(String part) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Skills.ofFolder(root));
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  @Test
  void aFolderMayBeASkillItself() throws Exception {
    write("refunds/SKILL.md", skill("refunds"));
    write("refunds/notes.txt", "Notes");
    Skills skills = Skills.ofFolder(root.resolve("refunds"));
    assertEquals("skill://refunds/SKILL.md", skills.list().get(0).key());
    assertEquals("refunds", skills.list().get(0).path());
    assertEquals("Does it", skills.list().get(0).description());
    assertEquals(List.of("refunds/SKILL.md", "refunds/notes.txt"), files(skills));
  }

  @Test
  void hiddenFilesAreLeftOut() throws Exception {
    write("refunds/SKILL.md", skill("refunds"));
    write("refunds/.DS_Store", "x");
    write("refunds/.git/config", "x");
    write(".cache/old/SKILL.md", skill("old"));
    assertEquals(List.of("refunds/SKILL.md"), files(Skills.ofFolder(root)));
  }

  @Test
  void linksMustStayInside(@TempDir Path outside) throws Exception {
    write("refunds/SKILL.md", skill("refunds"));
    write("refunds/notes.txt", "Notes");
    Files.createSymbolicLink(root.resolve("refunds/same.txt"), Path.of("notes.txt"));
    assertEquals(3, files(Skills.ofFolder(root)).size());
    Path secret = Files.writeString(outside.resolve("secret.txt"), "secret");
    Path link = Files.createSymbolicLink(root.resolve("refunds/secret.txt"), secret);
    refused("secret.txt leaves the folder");
    Files.delete(link);
    Files.createSymbolicLink(root.resolve("refunds/all"), root.resolve("refunds"));
    refused("links to folders are not followed");
  }

  @Test
  void aSkillHasAtMost512Files() throws Exception {
    write("refunds/SKILL.md", skill("refunds"));
    for (int i = 1; i < 512; i++) {
      write("refunds/" + i + ".txt", "x");
    }
    assertEquals(512, files(Skills.ofFolder(root)).size());
    write("refunds/more.txt", "x");
    refused("skill refunds must have at most 512 files, has 513");
  }

  @Test
  void aSkillHasAtMost16MiB() throws Exception {
    String main = skill("refunds");
    write("refunds/SKILL.md", main);
    Files.write(root.resolve("refunds/a.bin"), new byte[(16 << 20) - main.length()]);
    assertEquals(2, files(Skills.ofFolder(root)).size());
    write("refunds/b.txt", "x");
    refused("skill refunds must have at most 16777216 bytes, has 16777217");
    Files.write(root.resolve("refunds/a.bin"), new byte[(16 << 20) + 1]);
    refused("must have at most 16777216 bytes, has 16777217");
  }

  @Test
  void aFolderWithoutSkills() throws Exception {
    refused("there is no SKILL.md in ");
    assertThrows(IllegalArgumentException.class, () -> Skills.ofFolder(root.resolve("none")));
    assertThrows(
        IllegalArgumentException.class, () -> Skills.ofClassPath(FolderTest.class, "none"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Refunds", "-refunds", "refunds-", "re--funds", "re_funds", "re funds", "réfunds"})
  void namesHaveAForm(String name) throws Exception {
    write(name + "/SKILL.md", skill(name));
    refused(name + "/SKILL.md: name must be 1 to 64 of a-z, 0-9 and single hyphens");
  }

  @Test
  void namesHaveALimitAndAreThoseOfTheFolder() throws Exception {
    write("a".repeat(64) + "/SKILL.md", skill("a".repeat(64)));
    assertEquals(1, Skills.ofFolder(root).list().size());
    write("a".repeat(65) + "/SKILL.md", skill("a".repeat(65)));
    refused("name must be 1 to 64");
  }

  @Test
  void theNameIsThatOfTheFolder() throws Exception {
    write("refunds/SKILL.md", skill("returns"));
    refused("refunds/SKILL.md: name must be that of the folder, refunds, was returns");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "No front matter| must begin with front matter",
        "---\\nname: refunds\\n| must begin with front matter",
        "---\\nname: [\\n---\\n| the front matter is not YAML: ",
        "---\\n- name\\n---\\n| must be a mapping",
        "---\\nname: refunds\\n---\\n| must have a description, a text",
        "---\\nname: 7\\ndescription: x\\n---\\n| must have a name, a text",
        "---\\nname: refunds\\ndescription: ' '\\n---\\n| description must be 1 to 1024",
        "---\\nname: refunds\\nname: refunds\\ndescription: x\\n---\\n| duplicate key",
        "---\\nname: refunds\\ndescription: x\\nmetadata: y\\n---\\n| metadata must be a mapping",
        "---\\nname: refunds\\ndescription: x\\ncompatibility: 1\\n---\\n| compatibility must be",
        "---\\nname: refunds\\ndescription: x\\nmetadata: {io.modelcontextprotocol/a: b}\\n---\\n| is reserved for extensions",
        "---\\nname: refunds\\ndescription: x\\nn: .nan\\n---\\n| a value that JSON does not",
        "---\\nname: refunds\\ndescription: x\\na: &a [*a]\\n---\\n| nested more than 32 deep",
        "---\\nname: refunds\\ndescription: !!java.net.URL [x]\\n---\\n| the front matter is not YAML",
      })
  void frontMatterIsChecked(String text, String problem) throws Exception {
    write("refunds/SKILL.md", text.replace("\\n", "\n"));
    refused(problem);
    refused("refunds/SKILL.md: ");
  }

  @Test
  void frontMatterMayHaveAMarkAndOtherLineEnds() throws Exception {
    write("refunds/SKILL.md", "\ufeff" + skill("refunds").replace("\n", "\r\n"));
    assertEquals("refunds", Skills.ofFolder(root).list().get(0).name());
  }

  @Test
  void descriptionsHaveALimit() throws Exception {
    write("refunds/SKILL.md", "---\nname: refunds\ndescription: " + "x".repeat(1024) + "\n---\n");
    assertEquals(1024, Skills.ofFolder(root).list().get(0).description().length());
    write("refunds/SKILL.md", "---\nname: refunds\ndescription: " + "x".repeat(1025) + "\n---\n");
    refused("description must be 1 to 1024 characters, was 1025");
  }

  @Test
  void aJarHasTheSame() throws Exception {
    Path jar = root.resolve("skills.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String name : List.of("skills/", "skills/refunds/", "skillset/", "skillset/other.md")) {
        zip.putNextEntry(new ZipEntry(name));
      }
      zip.putNextEntry(new ZipEntry("skills/refunds/SKILL.md"));
      zip.write(skill("refunds").getBytes(java.nio.charset.StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry("skills/refunds/a/b.txt"));
      zip.putNextEntry(new ZipEntry("skills/refunds/../../escape.txt"));
      zip.putNextEntry(new ZipEntry("skills/.hidden/SKILL.md"));
      String self = FolderTest.class.getName().replace('.', '/') + "$Inside.class";
      zip.putNextEntry(new ZipEntry(self));
      zip.write(FolderTest.class.getResourceAsStream("/" + self).readAllBytes());
    }
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
      Class<?> inside = loader.loadClass(FolderTest.class.getName() + "$Inside");
      Skills skills = Skills.ofClassPath(inside, "/skills");
      assertEquals(List.of("refunds/SKILL.md", "refunds/a/b.txt"), files(skills));
      Skills one = Skills.ofClassPath(inside, "/skills/refunds/");
      assertEquals(List.of("refunds/SKILL.md", "refunds/a/b.txt"), files(one));
    }
  }

  /** A class of the jar of the test. */
  static final class Inside {}

  @Test
  void skillsOfSeveralFoldersMustBeApart() throws Exception {
    write("a/refunds/SKILL.md", skill("refunds"));
    write("b/returns/SKILL.md", skill("returns"));
    Skills refunds = Skills.ofFolder(root.resolve("a"));
    Skills both = refunds.and(Skills.ofFolder(root.resolve("b")));
    assertEquals(2, both.list().size());
    assertThrows(IllegalArgumentException.class, () -> both.and(refunds));
    write("b/refunds/inner/SKILL.md", skill("inner"));
    Skills inner = Skills.ofFolder(root.resolve("b"));
    assertThrows(IllegalArgumentException.class, () -> refunds.and(inner));
    assertThrows(IllegalArgumentException.class, () -> inner.and(refunds));
  }
}
