package dev.statelessmcp.examples.benchmarks.coldstart;

import dev.statelessmcp.lambda.local.DeploymentPackage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Prepares a function once before it is measured: writes its class-data archive and counts its
 * classes. Both also bring its files into the page cache.
 */
final class Preparation {
  private static final String LOADED = " source: ";

  /** A class that every archive has: the runtime client's own main class. */
  private static final String FROM_ARCHIVE = ".AWSLambda source: shared objects file";

  private final ColdStart coldStart;
  private final Path folder;
  private final Path archive;
  private final Path log;

  /**
   * Describes a preparation.
   *
   * @param folder for its files, which are needed until all runs are measured
   */
  Preparation(ColdStart coldStart, Path folder) {
    this.coldStart = coldStart;
    this.folder = folder;
    archive = folder.resolve("classes.archive");
    log = folder.resolve("classes.log");
  }

  /** Returns the folder of the function: the package itself, or a copy with an archive in it. */
  Path root(Setting setting, Variant variant, DeploymentPackage code) throws IOException {
    if (!variant.isArchived()) {
      return code.root();
    }
    Path copy = folder.resolve("package");
    try (Stream<Path> files = Files.walk(code.root())) {
      for (Path file : files.sorted().toList()) {
        Files.copy(file, copy.resolve(code.root().relativize(file).toString()));
      }
    }
    coldStart.addArchive(setting, variant, copy);
    return copy;
  }

  /** Returns the size of a folder as a zip file, in bytes. */
  static long zipped(Path root) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes);
        Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        zip.putNextEntry(new ZipEntry(root.relativize(file).toString()));
        Files.copy(file, zip);
      }
    }
    return bytes.size();
  }

  /** Writes the archive, if there is one, and returns the flags for the measured runs. */
  List<String> flags(Setting setting, Variant variant, Path root) throws IOException {
    if (variant.isArchived()) {
      return List.of(); // they are in the package
    }
    if (setting.profile().hasArchive()) {
      coldStart.train(setting, variant, root, setting.profile().trainingFlags(archive));
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
  long classes(Setting setting, Variant variant, Path root, List<String> flags) throws IOException {
    List<String> logging = new ArrayList<>(flags);
    logging.add("-Xlog:class+load:file=" + log + "::filecount=0");
    coldStart.measure(setting, variant, root, logging, null);
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
