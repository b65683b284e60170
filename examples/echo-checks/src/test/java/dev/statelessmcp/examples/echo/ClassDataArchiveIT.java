package dev.statelessmcp.examples.echo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.lambda.local.ClassDataArchive;
import dev.statelessmcp.lambda.local.LambdaProcess;
import dev.statelessmcp.lambda.local.ScratchFolder;
import dev.statelessmcp.lambda.test.LambdaEvent;
import dev.statelessmcp.lambda.test.LambdaTransport;
import dev.statelessmcp.test.McpTestClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The package with a class-data archive, made and started as docs/cold-start.md says. */
@Timeout(300)
@EnabledOnOs(value = OS.LINUX, disabledReason = "Lambda's environment is Linux")
class ClassDataArchiveIT {
  private static final Path TARGET = Path.of("..", "echo", "target");
  private static final String HANDLER = EchoLambda.class.getName();
  private static final String FROM_ARCHIVE = " " + HANDLER + " source: shared objects file";

  private static ScratchFolder scratch;
  private static Path zip;
  private static int folders;

  private Path root;

  @BeforeAll
  static void makeTheArchive() throws Exception {
    scratch = ScratchFolder.create();
    zip = scratch.path().resolve("archived.zip");
    List<String> lines = command(
        "-jar",
        TARGET.resolve("echo.jar").toString(),
        "--mode",
        "lambda",
        "--archive",
        zip.toString(),
        "--tool",
        "echo",
        "--arguments",
        "{\"message\":\"hello\"}");
    assertEquals("lambda-local: wrote " + zip, lines.get(lines.size() - 1));
  }

  private static List<String> command(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      List<String> lines =
          new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      assertEquals(0, process.exitValue(), lines::toString);
      return lines;
    } finally {
      process.destroyForcibly();
    }
  }

  @AfterAll
  static void delete() {
    scratch.close();
  }

  @BeforeEach
  void unzip() throws IOException {
    root = scratch.unzip(zip, "task-" + folders++);
  }

  private static LambdaProcess start(Path root, String... flags) throws IOException {
    return LambdaProcess.of(root, HANDLER)
        .execWrapper("bootstrap")
        .jvmFlags(flags)
        .start();
  }

  /** Calls the tool; gives the answer. */
  private static ObjectNode serves(LambdaProcess function) {
    return McpTestClient.of(LambdaTransport.of(function, LambdaEvent.DIRECT, ""))
        .call("echo", Map.of("message", "é"))
        .hasText("Echo: é")
        .message();
  }

  private static ObjectNode serves(Path root) throws IOException {
    try (LambdaProcess function = start(root)) {
      return serves(function);
    }
  }

  /** Whether the function's own class comes from the archive. */
  private static boolean usesArchive(Path root) throws IOException {
    Path log = scratch.path().resolve("classes-" + folders++ + ".log");
    try (LambdaProcess function = start(root, "-Xlog:class+load:file=" + log)) {
      serves(function);
    }
    try (Stream<String> lines = Files.lines(log)) {
      return lines.anyMatch(line -> line.contains(FROM_ARCHIVE));
    }
  }

  private Path archive() throws IOException {
    try (Stream<Path> files = Files.list(root.resolve(ClassDataArchive.FOLDER))) {
      return files
          .filter(it -> it.toString().matches(".*/function\\.(jsa|aot)"))
          .findFirst()
          .orElseThrow();
    }
  }

  private void assertServesWithoutArchive() throws IOException {
    assertFalse(usesArchive(root));
    serves(root);
  }

  @Test
  void classesComeFromTheArchiveAndTheAnswerIsTheSame() throws Exception {
    Path plain = scratch.unzip(TARGET.resolve("echo-lambda.zip"), "plain-" + folders++);
    assertFalse(usesArchive(plain));
    assertTrue(usesArchive(root));
    assertEquals(serves(plain), serves(root));
  }

  @Test
  void aFolderThatWasCopiedElsewhereIsAsGood() throws Exception {
    Path other = scratch.path().resolve("other-" + folders++);
    Files.move(root, other);
    assertTrue(usesArchive(other));
  }

  @Test
  void theArchiveOfAnotherJdkIsLeftAlone() throws Exception {
    Files.writeString(
        root.resolve("archive/release"), "JAVA_VERSION=\"99\"\nIMPLEMENTOR=\"Nobody\"\n");
    Files.writeString(archive(), "what that JDK understands");
    assertServesWithoutArchive();
    LambdaProcess function = start(root);
    try (function) {
      serves(function);
    }
    assertEquals("", function.stderr());
    assertFalse(function.stdout().contains("archive"), function.stdout());
  }

  @Test
  void anArchiveThatIsMissingOrDamagedIsIgnored() throws Exception {
    Path archive = archive();
    Files.delete(archive);
    assertServesWithoutArchive();
    Files.writeString(archive, "damaged");
    assertServesWithoutArchive();
  }

  /** JDK 25 does not compare the jars with those of its AOT cache: the script does. */
  @Test
  void anArchiveOfOtherJarsIsIgnored() throws Exception {
    Files.setLastModifiedTime(
        root.resolve("lib/function.jar"), FileTime.from(Instant.parse("2020-02-02T00:00:00Z")));
    assertServesWithoutArchive();
  }

  @Test
  void thePackageStaysOneForTheManagedRuntime() throws Exception {
    try (LambdaProcess function = LambdaProcess.of(root, HANDLER).start()) {
      serves(function);
    }
    try (FileSystem files = FileSystems.newFileSystem(
        URI.create("jar:" + zip.toUri()), Map.of("enablePosixFileAttributes", "true"))) {
      assertEquals(
          "rwxr-xr-x",
          PosixFilePermissions.toString(
              Files.getPosixFilePermissions(files.getPath("/bootstrap"))));
    }
  }

  @Test
  void aPackageWithoutTheScriptIsRefused() throws Exception {
    Files.delete(root.resolve("bootstrap"));
    IOException refused = assertThrows(
        IOException.class,
        () -> ClassDataArchive.add(
            root, HANDLER, Path.of(System.getProperty("java.home")), it -> {}, List.of()));
    assertTrue(refused.getMessage().contains("bootstrap"), refused.getMessage());
  }
}
