package dev.statelessmcp.examples.echo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The content of the packages that are deployed. */
class PackagesIT {
  private static final Path TARGET = Path.of("..", "echo", "target");
  private static final long MOST_BYTES = 3_500_000;

  private static Set<String> files(String zip) throws IOException {
    Set<String> names = new TreeSet<>();
    try (ZipFile file = new ZipFile(TARGET.resolve(zip).toFile())) {
      for (Enumeration<? extends ZipEntry> entries = file.entries(); entries.hasMoreElements(); ) {
        ZipEntry entry = entries.nextElement();
        if (!entry.isDirectory()) {
          names.add(entry.getName());
        }
      }
    }
    return names;
  }

  @Test
  void theFunctionHasEverythingButJettyAndIsSmall() throws IOException {
    Set<String> files = files("echo-lambda.zip");
    assertTrue(files.contains("dev/statelessmcp/examples/echo/EchoLambda.class"), files::toString);
    assertTrue(files.stream().anyMatch(name -> name.startsWith("lib/mcp-core")), files::toString);
    // The managed runtime has it, but only on the class path of its own client
    assertTrue(
        files.stream().anyMatch(name -> name.startsWith("lib/aws-lambda-java-core")),
        files::toString);
    // The last two belong to the typed handlers of the adapter, which echo does not use
    for (String unwanted :
        Set.of("jetty", "slf4j", "mcp-transport", "org-crac", "aws-lambda-java-events", "joda")) {
      assertTrue(files.stream().noneMatch(name -> name.contains(unwanted)), files::toString);
    }
    assertTrue(Files.size(TARGET.resolve("echo-lambda.zip")) <= MOST_BYTES);
  }

  @Test
  void theThinFunctionAndTheLayerAreTheSameInTwoParts() throws IOException {
    Set<String> parts = files("echo-lambda-thin.zip");
    for (String name : files("echo-layer.zip")) {
      assertTrue(name.startsWith("java/lib/") && name.endsWith(".jar"), name);
      parts.add(name.substring("java/".length()));
    }
    assertEquals(files("echo-lambda.zip"), parts);
  }

  @Test
  void theJarsAreStoredAndOtherwiseWhatTheyWere() throws IOException {
    for (String zip : Set.of("echo-lambda.zip", "echo-layer.zip")) {
      Set<String> modules = new TreeSet<>();
      try (ZipFile file = new ZipFile(TARGET.resolve(zip).toFile())) {
        for (ZipEntry jar : Collections.list(file.entries())) {
          if (jar.getName().endsWith(".jar")) {
            modules.add(moduleOfStoredJar(jar.getName(), file.getInputStream(jar)));
          }
        }
      }
      assertTrue(
          modules.containsAll(Set.of("dev.statelessmcp.core", "dev.statelessmcp.lambda")),
          modules::toString);
    }
  }

  private static String moduleOfStoredJar(String name, InputStream content) throws IOException {
    // A manifest that is not one of the first entries is not found here
    try (JarInputStream jar = new JarInputStream(content)) {
      assertNotNull(jar.getManifest(), name);
      for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
        assertEquals(ZipEntry.STORED, entry.getMethod(), () -> name + " compresses its files");
      }
      return String.valueOf(
          jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"));
    }
  }

  @Test
  void theStartScriptCanBeRun() throws IOException {
    for (String zip : Set.of("echo-lambda.zip", "echo-lambda-thin.zip")) {
      URI uri = URI.create("jar:" + TARGET.resolve(zip).toUri());
      try (FileSystem files =
          FileSystems.newFileSystem(uri, Map.of("enablePosixFileAttributes", true))) {
        assertEquals(
            "rwxr-xr-x",
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(files.getPath("bootstrap"))),
            zip);
      }
    }
  }
}
