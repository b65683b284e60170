package dev.statelessmcp.examples.benchmarks.coldstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.examples.benchmarks.results.Quartiles;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** The arithmetic of the promises, and how they are printed. */
class PromisesTest {
  private static final Jdk JDK = new Jdk(Path.of("jdk"), "25.0.3");
  private static final Setting FULL = new Setting(JDK, Profile.TIER1, Share.FULL);
  private static final Setting SMALL = new Setting(JDK, Profile.TIER1, Share.MB128);
  private static final Setting ARCHIVE = new Setting(JDK, Profile.CDS, Share.FULL);

  @Test
  void findsTheQuartiles() {
    assertEquals(new Quartiles(2, 3, 4), Quartiles.of(DoubleStream.of(5, 1, 4, 2, 3)));
    assertEquals(new Quartiles(1.25, 1.5, 1.75), Quartiles.of(DoubleStream.of(2, 1)));
    assertEquals(new Quartiles(7, 7, 7), Quartiles.of(DoubleStream.of(7)));
    assertThrows(IllegalArgumentException.class, () -> Quartiles.of(DoubleStream.empty()));
  }

  @Test
  void dividesInsideARound() {
    Results results = new Results();
    // In the second round, other load made everything ten times slower.
    for (double slow : new double[] {1, 10, 1}) {
      results.add(FULL, Variant.TREE, sample(150 * slow, 50 * slow));
      results.add(FULL, Variant.ECHO, sample(218 * slow, 2 * slow));
    }
    Promise tree = only("sum, echo / tree", Promises.of(List.of(FULL), results));
    assertEquals(1.1, tree.measured().lower(), 1e-9);
    assertEquals(1.1, tree.measured().median(), 1e-9);
    assertEquals(1.1, tree.measured().upper(), 1e-9);
    assertTrue(tree.isKept());
  }

  @Test
  void comparesThePackageWithAnArchiveWithTheOneWithout() {
    Results results = new Results();
    results.add(FULL, Variant.ECHO, sample(290, 10));
    results.add(FULL, Variant.ARCHIVED, sample(140, 10));
    Promise archived = only("sum, archived / echo", Promises.of(List.of(FULL), results));
    assertEquals(0.5, archived.measured().median(), 1e-9);
    assertTrue(archived.isKept());
  }

  @Test
  void judgesWhatHasBeenMeasuredAndNothingElse() {
    Results results = new Results();
    results.zipBytes(Variant.ECHO, 3_600_000);
    results.classes(FULL, Variant.ECHO, 1_400);
    results.classes(ARCHIVE, Variant.ECHO, 9_999);
    results.add(FULL, Variant.ECHO, sample(300, 3));
    results.add(FULL, Variant.OFFICIAL, sample(400, 100));
    results.add(SMALL, Variant.ECHO, sample(300, 59));
    results.add(SMALL, Variant.OFFICIAL, sample(400, 3_000));
    results.add(ARCHIVE, Variant.ECHO, sample(900, 900));
    results.add(ARCHIVE, Variant.OFFICIAL, sample(1, 1));
    List<Promise> promises = Promises.of(List.of(FULL, SMALL, ARCHIVE), results);
    assertEquals(6, promises.size(), promises::toString);
    assertFalse(only("sum, echo / official", promises).isKept());
    assertTrue(only("CPU of echo's first call, ms", promises).isKept());
    assertTrue(only("first call, echo / official", promises).isKept());
    assertTrue(only("echo's peak memory, MiB", promises).isKept());
    assertTrue(only("echo's classes loaded", promises).isKept());
    assertFalse(only("echo-lambda.zip, MB", promises).isKept());
  }

  @Test
  void countsClassesOnTheJavaThatTheBoundIsFor() {
    Setting other = new Setting(new Jdk(Path.of("jdk"), "17.0.9"), Profile.TIER1, Share.FULL);
    Results results = new Results();
    results.classes(other, Variant.ECHO, 1);
    assertEquals(List.of(), Promises.of(List.of(other), results));
  }

  @Test
  void printsColumns() {
    Results results = new Results();
    results.zipBytes(Variant.ECHO, 2_764_000);
    results.classes(FULL, Variant.ECHO, 1_374);
    results.add(FULL, Variant.ECHO, sample(250.4, 3.96));
    assertEquals(
        List.of(
            "Java    profile  share   function  runs  init  first call  sum  sum, quartiles"
                + "  CPU, all  CPU, first call  peak memory  classes   zip",
            "                 of CPU                    ms          ms   ms              ms"
                + "        ms               ms          MiB   loaded    MB",
            "25.0.3  tier1    full    echo         1   250         4.0  254        254..254"
                + "       200              5.0           50     1374  2.76"),
        Report.measurements(List.of(FULL), results));
    List<String> lines = Report.promises(Promises.of(List.of(FULL), results));
    assertEquals(5, lines.size(), lines::toString);
    assertEquals("echo-lambda.zip, MB 2.76 ≤ 3.50 ok", lines.get(4).replaceAll(" +", " "));
  }

  private static Promise only(String name, List<Promise> promises) {
    List<Promise> named =
        promises.stream().filter(promise -> promise.name().equals(name)).toList();
    assertEquals(1, named.size(), promises::toString);
    return named.get(0);
  }

  private static Sample sample(double init, double firstCall) {
    return new Sample(init, firstCall, 200, 5, 50);
  }
}
