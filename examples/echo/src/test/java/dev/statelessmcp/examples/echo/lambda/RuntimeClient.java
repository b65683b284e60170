package dev.statelessmcp.examples.echo.lambda;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds AWS's Java runtime interface client among the tests' own dependencies. It is looked up by
 * classes, not by file names: build tools hide the class path in manifests and rename jars.
 */
final class RuntimeClient {
  private static final String PACKAGE = "com.amazonaws.services.lambda.runtime.";

  static final String MAIN_CLASS = PACKAGE + "api.client.AWSLambda";

  /** When set, the client loads this file instead of unpacking one to a fixed place. */
  private static final String LIBRARY_PROPERTY = PACKAGE + "api.client.runtimeapi.NativeClient.JNI";

  private RuntimeClient() {}

  /**
   * The class path of a managed runtime and nothing else: a function that works only because of the
   * tests' dependencies must fail.
   */
  static String classPath() {
    return Stream.of(
            MAIN_CLASS,
            PACKAGE + "Context", // aws-lambda-java-core
            PACKAGE + "serialization.PojoSerializer", // aws-lambda-java-serialization
            "software.amazon.awssdk.utilslite.SdkInternalThreadLocal") // utils-lite
        .map(RuntimeClient::locationOf)
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }

  /**
   * The JVM flag for a private copy of the native library in {@code folder}. Left alone, every
   * client writes /tmp/.libaws-lambda-jni.so, and two that start together can load half a file.
   */
  static String nativeLibraryFlag(Path folder) throws IOException {
    String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    String name = "libaws-lambda-jni.linux%s-%s.so"
        .formatted(isMusl() ? "_musl" : "", arch.equals("aarch64") ? "aarch_64" : "x86_64");
    Path library = folder.resolve(name);
    try (InputStream in = load(MAIN_CLASS).getResourceAsStream("/jni/" + name)) {
      if (in == null) {
        throw new IllegalStateException("The runtime interface client has no " + name);
      }
      Files.copy(in, library);
    }
    return "-D" + LIBRARY_PROPERTY + "=" + library;
  }

  private static boolean isMusl() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
      return lines.anyMatch(line -> line.contains("/ld-musl-"));
    }
  }

  private static String locationOf(String className) {
    try {
      return Path.of(load(className)
              .getProtectionDomain()
              .getCodeSource()
              .getLocation()
              .toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Class<?> load(String name) {
    try {
      // Not initialized: that would change this JVM's security properties.
      return Class.forName(name, false, RuntimeClient.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          "aws-lambda-java-runtime-interface-client is not among the test dependencies", e);
    }
  }
}
