package dev.statelessmcp.lambda.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is said about a package before any of its code runs. */
@EnabledOnOs(OS.LINUX)
class DeploymentPackageTest {
  private static final String HANDLER = ProbeHandler.class.getName();

  @TempDir
  Path folder;

  private Optional<String> problem(String handler) throws IOException {
    TaskRoot.deploy(folder, ProbeHandler.class);
    TaskRoot.deploy(folder, TaskRoot.class);
    try (DeploymentPackage code = DeploymentPackage.open(folder)) {
      return code.problem(handler);
    }
  }

  @Test
  void findsHandlersWithoutFault() throws IOException {
    assertEquals(Optional.empty(), problem(HANDLER));
    assertEquals(Optional.empty(), problem(HANDLER + "::handleRequest"));
  }

  @Test
  void saysWhatIsWrongWithAHandler() throws IOException {
    assertEquals(
        Optional.of("Class not found: com.example.Nowhere"), problem("com.example.Nowhere"));
    assertEquals(
        Optional.of("Class " + HANDLER + " has no public method named serve"),
        problem(HANDLER + "::serve"));
    String other = TaskRoot.class.getName();
    assertEquals(
        Optional.of(
            "Class " + other + " implements neither RequestHandler nor" + " RequestStreamHandler"),
        problem(other));
  }

  @Test
  void doesNotSeeTheClassesOfThisJvm() throws IOException {
    assertEquals(
        Optional.of("Class not found: org.junit.jupiter.api.Test"),
        problem("org.junit.jupiter.api.Test"));
    try (DeploymentPackage code = DeploymentPackage.open(folder)) {
      assertTrue(code.has(HANDLER));
      assertFalse(code.has("com.amazonaws.services.lambda.runtime.Context"), "the runtime's");
    }
  }

  @Test
  void refusesInvalidPackages() throws IOException {
    Path missing = folder.resolve("missing.zip");
    assertThrows(NoSuchFileException.class, () -> DeploymentPackage.open(missing));
    Path text = Files.writeString(folder.resolve("text.zip"), "not a zip");
    IOException e = assertThrows(IOException.class, () -> DeploymentPackage.open(text));
    assertTrue(e.getMessage().endsWith("text.zip is not a zip file, or has nothing in it"));
  }
}
