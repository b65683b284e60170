package dev.statelessmcp.examples.echo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.test.McpTestClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code java -jar echo.jar --mode lambda}, as the README describes it. */
@Timeout(120)
@EnabledOnOs(value = OS.LINUX, disabledReason = "the runtime interface client is for Linux alone")
class LambdaModeIT {
  private static final Pattern LISTENING = Pattern.compile("listening on (http://\\S+) ");

  private static Process start(String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-jar", Path.of("..", "echo", "target", "echo.jar").toString()));
    command.addAll(List.of("--mode", "lambda"));
    command.addAll(List.of(options));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rest", "url", "alb"})
  void runsTheFunctionOfItsOwnPackage(String event) throws Exception {
    Process process = start("--event", event, "--port", "0");
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      Matcher listening = LISTENING.matcher(lines.readLine());
      while (!listening.find()) { // before it: the address for asynchronous invocation
        listening.reset(lines.readLine());
      }
      URI address = URI.create(listening.group(1));
      assertEquals(event.equals("rest") ? "/dev/echo/mcp" : "/echo/mcp", address.getPath());
      McpTestClient client = McpTestClient.http(address);
      client.call("echo", Map.of("message", "here")).hasText("Echo: here").hasStatus(200);
      client
          .legacy()
          .call("echo", Map.of("message", "here"))
          .hasText("Echo: here")
          .hasStatus(200);
    } finally {
      process.destroy();
      assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    }
  }

  @Test
  void localLambdaReportsInvalidOptions() throws Exception {
    Process process = start("--event", "queue");
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      String said = lines.readLine();
      assertTrue(said.contains("--event must be one of"), said);
      assertTrue(process.waitFor(30, TimeUnit.SECONDS));
      assertEquals(2, process.exitValue());
    }
  }
}
