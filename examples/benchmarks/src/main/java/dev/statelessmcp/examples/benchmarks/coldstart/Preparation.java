package dev.statelessmcp.examples.benchmarks.coldstart;

import dev.statelessmcp.lambda.local.DeploymentPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is done once for a function before it is measured: its class-data archive is written, and
 * its classes are counted. Both also bring its files into the page cache.
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
   * @param folder for its files, which have to stay as long as runs are measured
   */
  Preparation(ColdStart coldStart, Path folder) {
    this.coldStart = coldStart;
    archive = folder.resolve("classes.archive");
    log = folder.resolve("classes.log");
  }

  /** The flags for the runs that are measured. */
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
   * How many classes are loaded up to the first answer.
   *
   * @throws IOException also when the archive is not used, which the JVM does not complain about
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
