package dev.statelessmcp.lambda.local;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * AWS's Java runtime interface client, unpacked for one process. Its jars are resources of this
 * artifact, so that this JVM's class path is not part of the function's.
 */
final class RuntimeClient {
  private static final String PACKAGE = "com.amazonaws.services.lambda.runtime.";

  static final String MAIN_CLASS = PACKAGE + "api.client.AWSLambda";

  /** If set, the client loads this file instead of unpacking one to a fixed path. */
  private static final String LIBRARY_PROPERTY = PACKAGE + "api.client.runtimeapi.NativeClient.JNI";

  private static final String CLIENT = "aws-lambda-java-runtime-interface-client.jar";

  private static final List<String> JARS = List.of(
      CLIENT, "aws-lambda-java-core.jar", "aws-lambda-java-serialization.jar", "utils-lite.jar");

  private final Path folder;

  private RuntimeClient(Path folder) {
    this.folder = folder;
  }

  /** Copies the jars into a folder, unless it already has them. */
  static RuntimeClient unpack(Path folder) throws IOException {
    for (String jar : JARS) {
      if (Files.exists(folder.resolve(jar))) {
        continue;
      }
      try (InputStream in = RuntimeClient.class.getResourceAsStream("/runtime/" + jar)) {
        if (in == null) {
          throw new FileNotFoundException("This build has no runtime/" + jar);
        }
        Files.copy(in, folder.resolve(jar));
      }
    }
    return new RuntimeClient(folder);
  }

  /**
   * The class path of a managed runtime: a function that needs the class path of this JVM must
   * fail.
   */
  String classPath() {
    return jars().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  List<Path> jars() {
    return JARS.stream().map(folder::resolve).toList();
  }

  /**
   * The JVM flag for a private copy of the native library. By default every client writes
   * /tmp/.libaws-lambda-jni.so, and two that start at the same time may load an incomplete file.
   */
  String nativeLibraryFlag() throws IOException {
    String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    String name = "libaws-lambda-jni.linux%s-%s.so"
        .formatted(isMusl() ? "_musl" : "", arch.equals("aarch64") ? "aarch_64" : "x86_64");
    Path library = folder.resolve(name);
    String flag = "-D" + LIBRARY_PROPERTY + "=" + library;
    if (Files.exists(library)) {
      return flag;
    }
    try (ZipFile client = new ZipFile(folder.resolve(CLIENT).toFile())) {
      ZipEntry entry = client.getEntry("jni/" + name);
      if (entry == null) {
        throw new FileNotFoundException("The runtime interface client has no " + name);
      }
      try (InputStream in = client.getInputStream(entry)) {
        Files.copy(in, library);
      }
    }
    return flag;
  }

  private static boolean isMusl() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
      return lines.anyMatch(line -> line.contains("/ld-musl-"));
    }
  }
}
