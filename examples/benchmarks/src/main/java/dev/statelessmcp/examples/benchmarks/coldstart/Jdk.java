package dev.statelessmcp.examples.benchmarks.coldstart;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * A Java installation that functions run on.
 *
 * @param home its folder
 * @param version such as 25.0.1
 */
record Jdk(Path home, String version) {

  /**
   * Reads the version of an installation.
   *
   * @throws UsageException if there is no installation in the folder
   */
  static Jdk of(Path home) throws UsageException {
    if (!Files.isExecutable(home.resolve("bin/java"))) {
      throw new UsageException("there is no bin/java in " + home);
    }
    try (Reader release = Files.newBufferedReader(home.resolve("release"))) {
      Properties properties = new Properties();
      properties.load(release);
      String version = properties.getProperty("JAVA_VERSION", "").replace("\"", "");
      if (version.matches("\\d{1,3}([._].*)?")) {
        return new Jdk(home, version);
      }
      throw new UsageException(home.resolve("release") + " has no JAVA_VERSION");
    } catch (IOException e) {
      throw new UsageException("cannot read " + home.resolve("release") + ": " + e.getMessage());
    }
  }

  /** The feature release, such as 25. */
  int feature() {
    return Integer.parseInt(version.split("[._]", 2)[0]);
  }

  @Override
  public String toString() {
    return version;
  }
}
