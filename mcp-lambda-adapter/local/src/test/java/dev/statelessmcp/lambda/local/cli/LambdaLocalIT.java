package dev.statelessmcp.lambda.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.lambda.local.ProbeHandler;
import dev.statelessmcp.lambda.local.TaskRoot;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The jar as it is run. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class LambdaLocalIT {
  private static final String HANDLER = ProbeHandler.class.getName();

  @TempDir
  static Path taskRoot;

  @BeforeAll
  static void deploy() throws IOException {
    TaskRoot.deploy(taskRoot, ProbeHandler.class);
  }

  private static Process run(String... options) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>(
        List.of(java, "-jar", Path.of("target", "lambda-local.jar").toString()));
    command.addAll(List.of(options));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static void assertEnds(int code, String lastLine, String... options) throws Exception {
    Process process = run(options);
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
    assertEquals(lastLine, lines.get(lines.size() - 1));
    assertEquals(code, process.waitFor());
  }

  @Test
  void servesAFunctionAndPassesOnWhatItPrints() throws Exception {
    Process process = run(
        "--event",
        "rest",
        "--path",
        "/mcp",
        "--env",
        "COLOUR=blue",
        "--port",
        "0",
        "--handler",
        HANDLER,
        "--code",
        taskRoot.toString());
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      List<String> seen = new ArrayList<>();
      String url = null;
      while (url == null || !seen.contains("probe ready")) {
        String line = out.readLine();
        seen.add(line);
        if (line.matches(
            "lambda-local: listening on http://127\\.0\\.0\\.1:\\d+/dev/mcp \\(rest\\)")) {
          url = line.split(" ", -1)[3];
        }
      }
      HttpRequest request = HttpRequest.newBuilder(URI.create(url))
          .POST(BodyPublishers.ofString("<<event>>"))
          .build();
      assertEquals(
          200, HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode());
      List<ProcessHandle> children = process.descendants().toList();
      assertEquals(1, children.size());
      process.destroy();
      process.waitFor();
      children.get(0).onExit().join();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void saysWhyAFunctionCannotStart() throws Exception {
    assertEnds(
        1,
        "lambda-local: the function cannot start: Class not found: a.B",
        "--event",
        "url",
        "--handler",
        "a.B",
        "--code",
        taskRoot.toString());
    assertEnds(
        1,
        "lambda-local: the function did not start: Function failed to initialize:"
            + " {\"errorMessage\":\"no such table\",\"errorType\":"
            + "\"java.lang.IllegalStateException\"}",
        "--event",
        "url",
        "--env",
        "PROBE_INIT=throw",
        "--handler",
        HANDLER,
        "--code",
        taskRoot.toString());
    assertEnds(
        1,
        "lambda-local: nowhere.zip: the file or folder does not exist",
        "--event",
        "url",
        "--handler",
        "a.B",
        "--code",
        "nowhere.zip");
  }

  @Test
  void refusesOptionsThatItDoesNotKnow() throws Exception {
    assertEnds(2, "lambda-local: --event is missing; --help shows the options");
    Process help = run("--help");
    String text = new String(help.getInputStream().readAllBytes(), UTF_8);
    assertTrue(text.startsWith("Usage: java -jar lambda-local.jar "), text);
    assertEquals(0, help.waitFor());
  }
}
