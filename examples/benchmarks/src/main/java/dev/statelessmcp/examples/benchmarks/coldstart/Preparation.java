package dev.statelessmcp.examples.benchmarks.coldstart;

import dev.statelessmcp.lambda.local.DeploymentPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Prepares a function once before it is measured: writes its class-data archive and counts its
 * classes. Both also bring its files into the page cache.
 */
final class Preparation {
  private static final String LOADED = " source: ";

  /** A class that every archive has: the runtime client's own main class. */
  private static final String FROM_ARCHIVE = ".AWSLambda source: shared objects file";

  private final ColdStart coldStart;
  private final Path archive;
  private final Path log;

  /**
   * Describes a preparation.
   *
   * @param folder for its files, which are needed until all runs are measured
   */
  Preparation(ColdStart coldStart, Path folder) {
    this.coldStart = coldStart;
    archive = folder.resolve("classes.archive");
    log = folder.resolve("classes.log");
  }

  /** Writes the archive, if there is one, and returns the flags for the measured runs. */
  List<String> flags(Setting setting, Variant variant, DeploymentPackage code) throws IOException {
    if (setting.profile().hasArchive()) {
      coldStart.train(setting, variant, code, setting.profile().trainingFlags(archive));
      if (!Files.exists(archive)) {
        throw new IOException("The JVM has written no class-data archive: " + setting);
      }
    }
    return setting.profile().flags(archive);
  }

  /**
   * Counts the classes that are loaded up to the first answer.
   *
   * @throws IOException also if the JVM does not use the archive, which it does not report
   */
  long classes(Setting setting, Variant variant, DeploymentPackage code, List<String> flags)
      throws IOException {
    List<String> logging = new ArrayList<>(flags);
    logging.add("-Xlog:class+load:file=" + log + "::filecount=0");
    coldStart.measure(setting, variant, code, logging, null);
    List<String> loaded;
    try (Stream<String> lines = Files.lines(log)) {
      loaded = lines.filter(line -> line.contains(LOADED)).toList();
    }
    if (setting.profile().hasArchive()
        && loaded.stream().noneMatch(line -> line.contains(FROM_ARCHIVE))) {
      throw new IOException("The JVM has not used its class-data archive: " + setting);
    }
    return loaded.size();
  }
}
