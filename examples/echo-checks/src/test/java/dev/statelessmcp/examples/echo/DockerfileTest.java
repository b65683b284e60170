package dev.statelessmcp.examples.echo;

import static dev.statelessmcp.examples.echo.Templates.MODULE;
import static dev.statelessmcp.examples.echo.Templates.load;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The container image as far as it can be checked without building it. */
class DockerfileTest {
  private final List<String> lines = Files.readAllLines(MODULE.resolve("Dockerfile"));
  private final String makefile = Files.readString(MODULE.resolve("makefile"));

  DockerfileTest() throws IOException {}

  private String line(String start) {
    return lines.stream().filter(line -> line.startsWith(start)).findFirst().orElseThrow();
  }

  @Test
  void theHandlerAndItsVariablesAreThoseOfTheTemplate() {
    assertEquals("CMD [\"" + EchoLambda.class.getName() + "\"]", line("CMD"));
    var variables = load("template").at("/Resources/Fn/Properties/Environment/Variables");
    for (String setting : line("ENV").substring("ENV ".length()).split(" ", -1)) {
      String[] nameAndValue = setting.split("=", 2);
      String value = nameAndValue[0].equals("AWS_LAMBDA_EXEC_WRAPPER")
          ? load("template").at("/Parameters/fnExecWrapper/AllowedValues/1").asText()
          : variables.path(nameAndValue[0]).asText();
      assertEquals(value, nameAndValue[1], setting);
    }
  }

  @Test
  void theArchiveIsMadeAsByTheMakefile() {
    String training = "--tool echo --arguments '{\"message\":\"hello\"}'";
    assertTrue(line("RUN").endsWith(training), line("RUN"));
    assertTrue(makefile.contains(training), makefile);
    assertTrue(line("COPY target/echo.jar target/echo-lambda.zip").endsWith(" /package/"));
  }

  @Test
  void bothStagesHaveTheSameJdk() {
    List<String> images = lines.stream()
        .filter(line -> line.startsWith("FROM "))
        .map(line -> line.split(" ", -1)[1])
        .distinct()
        .toList();
    assertEquals(1, images.size(), images::toString);
  }
}
