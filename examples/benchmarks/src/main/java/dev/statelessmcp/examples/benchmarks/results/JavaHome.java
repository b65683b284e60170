package dev.statelessmcp.examples.benchmarks.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads properties of a JDK without running it. */
public final class JavaHome {
  private JavaHome() {}

  /**
   * Reads the feature number of a JDK from its file {@code release}.
   *
   * @param home its folder
   * @return such as {@code 25}
   * @throws IOException if the folder has no JDK
   */
  public static String feature(Path home) throws IOException {
    for (String line : Files.readAllLines(home.resolve("release"))) {
      if (line.startsWith("JAVA_VERSION=\"")) {
        return line.split("\"", -1)[1].split("[.+-]", -1)[0];
      }
    }
    throw new IOException(home + " is not a JDK");
  }
}
