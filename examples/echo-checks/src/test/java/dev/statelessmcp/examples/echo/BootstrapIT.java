package dev.statelessmcp.examples.echo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.lambda.local.InvocationResult;
import dev.statelessmcp.lambda.local.RuntimeApiServer;
import dev.statelessmcp.lambda.local.ScratchFolder;
import dev.statelessmcp.lambda.test.LambdaEvent;
import dev.statelessmcp.lambda.test.LambdaTransport;
import dev.statelessmcp.test.McpTestClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The start script of the deployment package, run as Lambda runs it. */
@Timeout(180)
@EnabledOnOs(value = OS.LINUX, disabledReason = "Lambda's environment is Linux")
class BootstrapIT {
  private static final Path ZIP = Path.of("..", "echo", "target", "echo-lambda.zip");
  private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));
  /** The relevant part of what the managed runtimes run. */
  private static final List<String> MANAGED_ARGUMENTS = List.of(
      "-XX:MaxHeapSize=222823k",
      "-XX:+UseParallelGC",
      "-classpath",
      "/var/runtime/lib/*",
      "com.example.NotOurs",
      "handler");

  private ScratchFolder scratch;
  private Path root;

  @BeforeEach
  void unzip() throws IOException {
    scratch = ScratchFolder.create();
    root = scratch.unzip(ZIP, "task");
  }

  @AfterEach
  void delete() {
    scratch.close();
  }

  private Process start(Map<String, String> environment, List<String> arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(List.of("sh", root.resolve("bootstrap").toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/local/bin:/usr/bin:/bin");
    builder.environment().putAll(environment);
    return builder
        .redirectErrorStream(true)
        .redirectOutput(scratch.path().resolve("output.log").toFile())
        .start();
  }

  private String output() throws IOException {
    return Files.readString(scratch.path().resolve("output.log"));
  }

  private void serves(Map<String, String> environment, List<String> arguments) throws Exception {
    try (RuntimeApiServer api =
        RuntimeApiServer.start("arn:aws:lambda:us-east-1:123456789012:function:echo")) {
      Map<String, String> variables = new TreeMap<>(environment);
      variables.put("AWS_LAMBDA_RUNTIME_API", api.address());
      variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256");
      variables.put("LAMBDA_TASK_ROOT", root.toString());
      variables.put("_HANDLER", EchoLambda.class.getName());
      Process process = start(variables, arguments);
      var unused = process.onExit().thenAccept(ended -> api.runtimeEnded(output(ended)));
      try {
        api.initialized().get(60, TimeUnit.SECONDS);
        McpTestClient.of(LambdaTransport.of(event -> answer(api, event), LambdaEvent.DIRECT, ""))
            .call("echo", Map.of("message", "é"))
            .hasText("Echo: é");
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
  }

  private static JsonNode answer(RuntimeApiServer api, JsonNode event) {
    try {
      InvocationResult answer = api.invoke(Json.write(event), null, Duration.ofSeconds(60));
      assertFalse(answer.isError(), answer::text);
      return Json.parse(answer.text());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("the function did not answer", e);
    }
  }

  private String output(Process ended) {
    try {
      return "exit status " + ended.exitValue() + ": " + output();
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Test
  void aManagedRuntimesCommandBecomesOurs() throws Exception {
    List<String> arguments = new ArrayList<>();
    arguments.add(JAVA_HOME.resolve("bin").resolve("java").toString());
    arguments.addAll(MANAGED_ARGUMENTS);
    serves(Map.of(), arguments);
  }

  @Test
  void anOsOnlyRuntimeNeedsOnlyAJdk() throws Exception {
    serves(Map.of("JAVA_HOME", JAVA_HOME.toString()), List.of());
  }

  @Test
  void withoutAJdkThereIsAMessage() throws Exception {
    Process process = start(Map.of("JAVA_HOME", "/nowhere"), List.of());
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(1, process.exitValue());
    assertTrue(output().startsWith("bootstrap: there is no Java at /nowhere/bin/java"), output());
  }

  /** The options before the class path, by a java that only prints its arguments. */
  private String options(Map<String, String> environment) throws Exception {
    Path java = Files.writeString(scratch.path().resolve("java"), "#!/bin/sh\necho \"$@\"\n");
    assertTrue(java.toFile().setExecutable(true));
    List<String> arguments = new ArrayList<>(List.of(java.toString()));
    arguments.addAll(MANAGED_ARGUMENTS);
    Process process = start(environment, arguments);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue(), output());
    String end = " -cp " + root + ":" + root + "/lib/*:/opt/java/lib/*"
        + " dev.statelessmcp.lambda.runtime.StreamingRuntime\n";
    assertTrue(output().endsWith(end), output());
    return output()
        .replace(end, "")
        .replace(" -Djavax.net.ssl.trustStore=/etc/pki/java/cacerts", "");
  }

  @Test
  void theHeapFollowsTheFunctionsMemory() throws Exception {
    String jit = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData ";
    assertEquals(jit + "-Xmx78643k", options(Map.of("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128")));
    assertEquals(jit + "-Xmx393216k", options(Map.of("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512")));
    assertEquals(jit + "-XX:MaxRAMPercentage=60", options(Map.of()));
  }

  @Test
  void settingsOfTheUserAreKept() throws Exception {
    Map<String, String> environment = new TreeMap<>();
    environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512");
    environment.put("JAVA_TOOL_OPTIONS", "-Xmx100m -XX:+UseStringDeduplication");
    assertEquals("-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData", options(environment));
    environment.put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=4 -XX:+UseG1GC -XX:+UsePerfData");
    assertEquals("-Xmx393216k", options(environment));
  }
}
