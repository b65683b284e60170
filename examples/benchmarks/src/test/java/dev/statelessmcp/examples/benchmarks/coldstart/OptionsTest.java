package dev.statelessmcp.examples.benchmarks.coldstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The options of the command line. */
class OptionsTest {

  @Test
  void takesEverythingUnlessTold() throws UsageException {
    Options options = Options.parse();
    assertEquals(11, options.rounds());
    assertEquals(List.of(Profile.values()), options.profiles());
    assertEquals(List.of(Share.values()), options.shares());
    assertEquals(List.of(Variant.values()), options.variants());
    assertEquals(Runtime.version().feature(), options.jdks().get(0).feature());
    assertFalse(options.check());
    assertFalse(options.help());
    assertNull(options.out());
  }

  @Test
  void takesWhatIsNamed() throws UsageException {
    Options options = Options.parse(
        "--rounds",
        "3",
        "--variant",
        "echo",
        "--variant",
        "tree",
        "--variant",
        "echo",
        "--profile",
        "tier1",
        "--share",
        "128mb",
        "--out",
        "cold.tsv",
        "--check",
        "--help");
    assertEquals(Path.of("cold.tsv"), options.out());
    assertEquals(3, options.rounds());
    assertEquals(List.of(Variant.TREE, Variant.ECHO), options.variants());
    assertEquals(List.of(Profile.TIER1), options.profiles());
    assertEquals(List.of(Share.MB128), options.shares());
    assertTrue(options.check());
    assertTrue(options.help());
  }

  @Test
  void saysWhichWordIsWrong() {
    assertProblem("unknown option \"--loops\"", "--loops", "3");
    assertProblem("--rounds needs a value", "--rounds");
    assertProblem("--rounds needs a value", "--rounds", "--check");
    assertProblem("--rounds must be a number from 1 to 1000, was \"0\"", "--rounds", "0");
    assertProblem("--rounds must be a number from 1 to 1000, was \"x\"", "--rounds", "x");
    assertProblem("--share must be one of full, 128mb, was \"half\"", "--share", "half");
    assertProblem(
        "--variant must be one of floor, tree, echo, archived, echo-oauth, official,"
            + " was \"ECHO\"",
        "--variant",
        "ECHO");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void looksAtAJdkWithoutRunningIt(@TempDir Path folder) throws Exception {
    assertProblem("there is no bin/java in " + folder, "--java", folder.toString());
    Path java = Files.createFile(Files.createDirectory(folder.resolve("bin")).resolve("java"));
    assertTrue(java.toFile().setExecutable(true));
    Path release = folder.resolve("release");
    Files.writeString(release, "IMPLEMENTOR=\"Somebody\"\n");
    assertProblem(release + " has no JAVA_VERSION", "--java", folder.toString());
    Files.writeString(release, "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"25.0.3\"\n");
    Jdk jdk = Options.parse("--java", folder.toString()).jdks().get(0);
    assertEquals("25.0.3", jdk.version());
    assertEquals(25, jdk.feature());
  }

  @Test
  void leavesOutWhatIsNotPossible() throws UsageException {
    Jdk old = new Jdk(Path.of("old"), "17.0.1");
    Jdk current = new Jdk(Path.of("current"), "25");
    Options options = new Options(
        1,
        List.of(old, current),
        List.of(Profile.TIER1, Profile.AOT),
        List.of(Share.values()),
        List.of(Variant.ECHO),
        false,
        false,
        null);
    assertEquals(
        List.of(
            new Setting(old, Profile.TIER1, Share.FULL),
            new Setting(current, Profile.TIER1, Share.FULL),
            new Setting(current, Profile.AOT, Share.FULL)),
        options.settings(false));
    assertEquals(6, options.settings(true).size());
  }

  private static void assertProblem(String message, String... words) {
    assertEquals(
        message, assertThrows(UsageException.class, () -> Options.parse(words)).getMessage());
  }
}
