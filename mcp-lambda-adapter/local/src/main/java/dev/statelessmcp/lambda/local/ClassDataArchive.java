package dev.statelessmcp.lambda.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Adds a class-data archive to an unpacked deployment package, so that a cold start maps the
 * classes of the function into memory instead of loading them one by one: an AOT cache for Java 25
 * and newer, otherwise a dynamic archive of class data sharing. The archive is valid for one build
 * of one JDK; with another one the function starts without it.
 *
 * <p>The package needs the script {@code bootstrap} of {@code mcp-lambda-adapter}, which starts the
 * function with its archive.
 *
 * @see <a href="https://docs.oracle.com/en/java/javase/25/vm/class-data-sharing.html">Class Data
 *     Sharing</a>
 */
public final class ClassDataArchive {
  /** The folder of the package for the archive and the files that {@code bootstrap} reads. */
  public static final String FOLDER = "archive";

  private static final String SCRIPT = "bootstrap";
  private static final String FUNCTION_JAR = "function.jar";
  private static final int FIRST_WITH_AOT_CACHE = 25;
  private static final Duration EXIT_LIMIT = Duration.ofMinutes(2);

  /**
   * The time of all jars, which the JVM (JDK 17) and the script compare. Every zip file preserves
   * it.
   */
  private static final FileTime TIME = FileTime.from(Instant.parse("2000-01-01T00:00:00Z"));

  private final Path root;
  private final String handler;
  private final Path javaHome;
  private final String release;
  private final boolean aotCache;

  private ClassDataArchive(Path root, String handler, Path javaHome) throws IOException {
    this.root = root.toAbsolutePath();
    this.handler = handler;
    this.javaHome = javaHome;
    Path file = javaHome.resolve("release");
    if (!Files.isReadable(file)) {
      throw new IOException(javaHome + " has no file release, which identifies the JDK");
    }
    release = Files.readString(file);
    aotCache = feature(file) >= FIRST_WITH_AOT_CACHE;
  }

  private static int feature(Path release) throws IOException {
    Properties properties = new Properties();
    try (var in = Files.newBufferedReader(release)) {
      properties.load(in);
    }
    String version = properties.getProperty("JAVA_VERSION", "").replace("\"", "");
    try {
      return Integer.parseInt(version.split("[._+-]", 2)[0]);
    } catch (NumberFormatException e) {
      throw new IOException(release + " has no JAVA_VERSION", e);
    }
  }

  /**
   * Runs the function with events, and writes the loaded classes into the package. Then starts it
   * again, and checks that its classes come from the archive.
   *
   * @param root the unpacked package, which is changed: its own classes are moved into a jar next
   *     to its dependencies, because an archive has no classes of folders
   * @param handler as in the function's configuration; a class
   * @param javaHome the JDK or JRE that the function will run on, with its file {@code release}
   * @param prepared sets further settings of the training run, such as environment variables
   * @param events at least one; each is served once; they should cover all that a first call does
   * @throws IOException if an event is answered with an error, or the JVM does not write or use the
   *     archive; the message has the reason
   */
  public static void add(
      Path root,
      String handler,
      Path javaHome,
      Consumer<LambdaProcessBuilder> prepared,
      List<byte[]> events)
      throws IOException {
    ClassDataArchive archive = new ClassDataArchive(root, handler, javaHome);
    archive.train(prepared, events);
    archive.check(prepared, events);
  }

  private void train(Consumer<LambdaProcessBuilder> prepared, List<byte[]> events)
      throws IOException {
    if (!Files.exists(root.resolve(SCRIPT))) {
      throw new IOException("the package has no script " + SCRIPT
          + ", which starts a function with its archive; it comes with mcp-lambda-adapter");
    }
    Path folder = Files.createDirectories(root.resolve(FOLDER));
    packClasses();
    String classPath = "-cp \"" + String.join(":", jars()) + ":/opt/java/lib/*\"\n";
    Path releaseFile = Files.writeString(folder.resolve("release"), release);
    Files.setLastModifiedTime(releaseFile, TIME); // the script compares it with those of the jars
    Files.writeString(folder.resolve("options"), classPath);
    Path file = folder.resolve(aotCache ? "function.aot" : "function.jsa");
    Files.deleteIfExists(file);
    run(prepared, events, (aotCache ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + file);
    if (!Files.exists(file)) {
      throw new IOException("the JVM has written no archive: " + javaHome);
    }
    String use = aotCache ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=";
    Files.writeString(
        folder.resolve("options"), use + FOLDER + "/" + file.getFileName() + "\n" + classPath);
  }

  /** The jars of the package, by name, so that the order is the same everywhere. */
  private List<String> jars() throws IOException {
    List<String> names = new ArrayList<>();
    try (Stream<Path> files = Files.list(root.resolve("lib"))) {
      for (Path jar :
          files.filter(it -> it.toString().endsWith(".jar")).sorted().toList()) {
        Files.setLastModifiedTime(jar, TIME);
        names.add("lib/" + jar.getFileName());
      }
    }
    return names;
  }

  /** Copies all files outside {@code lib} into an uncompressed jar. */
  private void packClasses() throws IOException {
    Path lib = Files.createDirectories(root.resolve("lib"));
    List<Path> own;
    try (Stream<Path> files = Files.walk(root)) {
      own = files
          .filter(it -> Files.isRegularFile(it)
              && !it.startsWith(lib)
              && !it.startsWith(root.resolve(FOLDER))
              && !it.equals(root.resolve(SCRIPT)))
          .sorted()
          .toList();
    }
    Files.deleteIfExists(lib.resolve(FUNCTION_JAR));
    if (own.isEmpty()) {
      return; // all classes are already in jars
    }
    try (ZipOutputStream jar =
        new ZipOutputStream(Files.newOutputStream(lib.resolve(FUNCTION_JAR)))) {
      jar.setMethod(ZipOutputStream.STORED);
      for (Path file : own) {
        byte[] content = Files.readAllBytes(file);
        CRC32 checksum = new CRC32();
        checksum.update(content);
        ZipEntry entry = new ZipEntry(root.relativize(file).toString());
        entry.setSize(content.length);
        entry.setCrc(checksum.getValue());
        entry.setLastModifiedTime(TIME);
        jar.putNextEntry(entry);
        jar.write(content);
      }
    }
  }

  private LambdaProcess start(Consumer<LambdaProcessBuilder> prepared, String flag)
      throws IOException {
    LambdaProcessBuilder function =
        LambdaProcess.of(root, handler).javaHome(javaHome).execWrapper(SCRIPT);
    prepared.accept(function);
    return function.jvmFlags(flag).start();
  }

  private void run(Consumer<LambdaProcessBuilder> prepared, List<byte[]> events, String flag)
      throws IOException {
    try (LambdaProcess function = start(prepared, flag)) {
      for (byte[] event : events) {
        InvocationResult answer = function.invoke(event);
        if (answer.isError()) {
          throw new IOException("an event was answered with an error: " + answer.text());
        }
      }
      function.end(EXIT_LIMIT);
    } catch (TimeoutException e) {
      throw new IOException("the JVM has not written its archive within " + EXIT_LIMIT, e);
    }
  }

  private void check(Consumer<LambdaProcessBuilder> prepared, List<byte[]> events)
      throws IOException {
    try (ScratchFolder scratch = ScratchFolder.create()) {
      Path log = scratch.path().resolve("classes.log");
      run(prepared, events.subList(0, 1), "-Xlog:class+load:file=" + log);
      String loaded = " " + handler.split("::", 2)[0] + " source: shared objects file";
      try (Stream<String> lines = Files.lines(log, UTF_8)) {
        if (lines.noneMatch(line -> line.contains(loaded))) {
          throw new IOException(
              "the JVM does not use the archive that it has written: " + javaHome);
        }
      }
    }
  }
}
