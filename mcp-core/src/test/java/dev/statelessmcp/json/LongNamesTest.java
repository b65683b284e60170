package dev.statelessmcp.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Member names are not cached: texts with ever new names must not fill the memory. */
class LongNamesTest {

  @Test
  void namesAreForgottenWithTheirText() throws Exception {
    Process process = new ProcessBuilder(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx32m",
            "-cp",
            System.getProperty("java.class.path"),
            Reader.class.getName()))
        .redirectErrorStream(true)
        .start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      assertEquals("2000 texts read", said.strip());
    } finally {
      process.destroyForcibly();
    }
  }

  /** Reads two hundred megabytes of names in a heap of 32. */
  static final class Reader {
    public static void main(String[] args) throws JsonSyntaxException {
      String rest = "n".repeat(100_000);
      int read = 0;
      for (; read < 2000; read++) {
        String text = "{\"" + read + rest + "\":1}";
        Json.read(text.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT);
      }
      System.out.println(read + " texts read");
    }
  }
}
