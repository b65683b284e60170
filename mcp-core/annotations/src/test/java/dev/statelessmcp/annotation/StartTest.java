package dev.statelessmcp.annotation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an annotated tool adds to a start, up to its first answer: few classes. Times are printed.
 */
class StartTest {
  private static final int MAX_MORE_CLASSES = 20;
  private static final int ROUNDS = 5;

  @TempDir
  Path folder;

  private List<String> run(String how, Path log) throws Exception {
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xlog:class+load:file=" + log,
            "-cp",
            System.getProperty("java.class.path"),
            StartProgram.class.getName(),
            how)
        .redirectErrorStream(true)
        .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    List<String> lines = printed.lines().toList();
    assertEquals(2, lines.size(), printed);
    assertTrue(lines.get(0).contains("Echo: hi"), printed);
    return lines;
  }

  /** The classes of a run, hidden ones without the address in their name. */
  private static List<String> classes(Path log) throws Exception {
    try (Stream<String> lines = Files.lines(log)) {
      return lines
          .filter(line -> line.contains(" source: "))
          .map(line -> line.replaceFirst("^(\\[[^]]*])*\\s*", "").split(" ", 2)[0])
          .map(name -> name.replaceFirst("[/+]0x[0-9a-f]+$", ""))
          .toList();
    }
  }

  @Test
  void annotatedToolLoadsFewClassesMore() throws Exception {
    Path ofRecord = folder.resolve("record.log");
    Path ofMethod = folder.resolve("method.log");
    run("record", ofRecord);
    run("annotated", ofMethod);
    Set<String> more = new TreeSet<>(classes(ofMethod));
    more.removeAll(new HashSet<>(classes(ofRecord)));
    int difference = classes(ofMethod).size() - classes(ofRecord).size();
    System.out.println(difference + " classes more; only here: " + more);
    assertTrue(difference <= MAX_MORE_CLASSES, difference + " classes more: " + more);
  }

  @Test
  void timeIsPrinted() throws Exception {
    for (String how : List.of("record", "annotated")) {
      long[] micros = new long[ROUNDS];
      for (int i = 0; i < ROUNDS; i++) {
        micros[i] = Long.parseLong(run(how, folder.resolve(how + ".log")).get(1));
      }
      Arrays.sort(micros);
      System.out.println(how + ": median " + micros[ROUNDS / 2] + " µs to the first answer, of "
          + Arrays.stream(micros).mapToObj(Long::toString).collect(Collectors.joining(", ")));
    }
  }
}
