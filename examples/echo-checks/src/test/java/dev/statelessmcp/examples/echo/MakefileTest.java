package dev.statelessmcp.examples.echo;

import static dev.statelessmcp.examples.echo.Templates.MODULE;
import static dev.statelessmcp.examples.echo.Templates.load;
import static dev.statelessmcp.examples.echo.Templates.matches;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the makefile with a SAM CLI that only prints its arguments. All relevant settings are set
 * here, so that a developer's own values in environment.sh have no effect.
 */
class MakefileTest {
  private static final String VARIANTS = "dev.statelessmcp.examples.echo.Templates#variants";
  private static final String DESCRIPTION = "/Resources/Fn/Properties/Description";
  private static final String CODE_URI = "/Resources/Fn/Properties/CodeUri";

  @TempDir
  private Path folder;

  @BeforeEach
  void copyTheFiles() throws Exception {
    assumeTrue(run(MODULE, "make", "--version").status() == 0, "no make here");
    List<String> files = new ArrayList<>(List.of("makefile", "etc/environment.sh"));
    Templates.all().forEach(name -> files.add("sam/" + name + ".yaml"));
    for (String file : files) {
      Files.createDirectories(folder.resolve(file).getParent());
      Files.copy(MODULE.resolve(file), folder.resolve(file));
    }
    Files.createDirectory(folder.resolve("target"));
    for (String zip : List.of("lambda", "lambda-thin", "layer", "web")) {
      Files.createFile(folder.resolve("target/echo-" + zip + ".zip"));
    }
  }

  @Test
  void helpListsTheTargets() throws Exception {
    String help = make("help");
    Set<String> listed = matches("(?m)^([a-z.-]+) ", help);
    Set<String> expected = new TreeSet<>(Templates.variants());
    expected.addAll(List.of("help", "build", "validate"));
    for (String stack : List.of("layer", "apigw")) {
      for (String part : List.of("", ".package", ".deploy", ".delete")) {
        expected.add(stack + part);
      }
    }
    assertTrue(listed.containsAll(expected), help);
  }

  @Test
  void validateReadsEveryTemplate() throws Exception {
    String output = make("-s", "validate", "REGION=", "PROFILE=");
    for (String name : Templates.all()) {
      assertTrue(output.contains("sam validate --lint -t sam/" + name + ".yaml\n"), output);
    }
  }

  @ParameterizedTest
  @CsvSource({"apigw", "layer", "http-api", "streaming-api"})
  void withoutABucketNothingStarts(String target) throws Exception {
    Run run = run(folder, "make", target, "SAM=echo sam", "BUCKET=");
    assertNotEquals(0, run.status());
    assertTrue(run.output().contains("BUCKET is not set"), run.output());
    assertFalse(run.output().contains("mvn"), run.output());
  }

  @ParameterizedTest
  @CsvSource({
    "http-api, P_JWT_ISSUER",
    "http-api, P_JWT_AUDIENCE",
    "http-api.deploy, P_JWT_ISSUER",
    "oauth, P_PUBLIC_URL",
    "oauth, P_ISSUER",
    "oauth-jwt, P_JWT_AUDIENCE",
    "alb, P_LISTENER",
    "alb, P_HOST_NAME"
  })
  void withoutWhatItNeedsNothingStarts(String target, String setting) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("make", target, "SAM=echo sam", "BUCKET=b", setting + "="));
    for (String other : List.of(
        "P_JWT_ISSUER",
        "P_JWT_AUDIENCE",
        "P_PUBLIC_URL",
        "P_ISSUER",
        "P_LISTENER",
        "P_HOST_NAME")) {
      if (!other.equals(setting)) {
        command.add(other + "=x");
      }
    }
    Run run = run(folder, command.toArray(String[]::new));
    assertNotEquals(0, run.status());
    assertTrue(run.output().contains(setting + " is not set"), run.output());
    assertFalse(run.output().contains("sam deploy"), run.output());
    assertFalse(run.output().contains("mvn"), run.output());
  }

  @ParameterizedTest
  @MethodSource(VARIANTS)
  void variantIsPackagedDeployedAndDeleted(String name) throws Exception {
    String stack = "stateless-mcp-java-" + name;
    String output = make(
        "-s",
        name + ".package",
        name + ".deploy",
        name + ".delete",
        "BUCKET=b",
        "REGION=eu-west-1",
        "PROFILE=me",
        "P_FN_MEMORY=256");
    String account = " --region eu-west-1 --profile me ";
    String copy = "target/" + name + ".yaml";
    String packaged = "target/" + name + "_output.yaml";
    assertTrue(
        output.contains("sam package -t " + copy + account + "--output-template-file " + packaged
            + " --s3-bucket b --s3-prefix " + stack + "\n"),
        output);
    assertTrue(
        output.contains("sam deploy -t " + packaged + account + "--stack-name " + stack
            + " --parameter-overrides ParameterKey="),
        output);
    assertTrue(output.contains("ParameterKey=fnMemory,ParameterValue='256'"), output);
    assertTrue(output.contains(" --capabilities CAPABILITY_IAM "), output);
    assertTrue(
        output.contains("sam delete --stack-name " + stack + account.stripTrailing()), output);
  }

  @ParameterizedTest
  @MethodSource(VARIANTS)
  void otherParametersMakeAnotherVersion(String name) throws Exception {
    make("-s", name + ".package", "BUCKET=b", "P_FN_MEMORY=256");
    JsonNode one = load(folder.resolve("target/" + name + ".yaml"));
    make("-s", name + ".package", "BUCKET=b", "P_FN_MEMORY=512");
    JsonNode other = load(folder.resolve("target/" + name + ".yaml"));
    // Without this difference SAM would not publish a new version for the new settings.
    assertNotEquals(one.at(DESCRIPTION), other.at(DESCRIPTION));
    assertEquals(load(name).at(CODE_URI), other.at(CODE_URI));
    assertEquals(load(name).path("Outputs"), other.path("Outputs"));
  }

  @ParameterizedTest
  @CsvSource({"alb, echo-lambda.zip", "web-adapter, echo-web.zip", "layer, echo-layer.zip"})
  void missingZipIsNamed(String name, String zip) throws Exception {
    Files.delete(folder.resolve("target").resolve(zip));
    Run run = run(folder, "make", name + ".package", "SAM=echo sam", "BUCKET=b");
    assertNotEquals(0, run.status());
    String message = "target/" + zip + " is missing: run 'make build' first";
    assertTrue(run.output().contains(message), run.output());
    assertFalse(run.output().contains("sam package -t"), run.output());
  }

  @ParameterizedTest
  @MethodSource(VARIANTS)
  void oneWordDoesAllInOrder(String name) throws Exception {
    String plan = make("-n", name, "BUCKET=b");
    int build = plan.indexOf("mvn package");
    int packaging = plan.indexOf("sam package");
    assertTrue(build >= 0 && build < packaging, plan);
    assertTrue(packaging < plan.indexOf("sam deploy"), plan);
  }

  @Test
  void restApiTakesTheThinZipWithALayer() throws Exception {
    String fat = deploy("REGION=eu-west-1", "PROFILE=", "P_FN_MEMORY=256", "O_LAYER_ARN=");
    assertTrue(fat.contains("sam package -t target/template.yaml --region eu-west-1 "), fat);
    assertTrue(fat.contains("sam deploy -t target/template_output.yaml --region eu-west-1 "), fat);
    assertTrue(fat.contains("ParameterKey=fnMemory,ParameterValue='256' "), fat);
    assertTrue(fat.contains("ParameterKey=dependencies,ParameterValue='' "), fat);
    assertFalse(fat.contains("--profile"), fat);
    JsonNode fatCopy = load(folder.resolve("target/template.yaml"));
    assertEquals("../target/echo-lambda.zip", fatCopy.at(CODE_URI).asText());

    String thin = deploy("REGION=", "PROFILE=me", "P_FN_MEMORY=256", "O_LAYER_ARN=arn:x");
    assertTrue(thin.contains("sam package -t target/template.yaml --profile me "), thin);
    assertTrue(thin.contains("sam deploy -t target/template_output.yaml --profile me "), thin);
    assertFalse(thin.contains("--region"), thin);
    JsonNode thinCopy = load(folder.resolve("target/template.yaml"));
    assertEquals("../target/echo-lambda-thin.zip", thinCopy.at(CODE_URI).asText());
    assertNotEquals(fatCopy.at(DESCRIPTION), thinCopy.at(DESCRIPTION));
  }

  @Test
  void layerIsPackagedDeployedAndDeleted() throws Exception {
    String output = make(
        "-s", "layer.package", "layer.deploy", "layer.delete", "BUCKET=b", "REGION=", "PROFILE=");
    String stack = "stateless-mcp-java-layer";
    assertTrue(output.contains("sam package -t sam/layer.yaml --output-template-file"), output);
    assertTrue(output.contains("sam deploy -t target/layer_output.yaml --stack-name " + stack));
    assertTrue(output.contains("sam delete --stack-name " + stack + "\n"), output);
  }

  private String deploy(String... settings) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("-s", "apigw.package", "apigw.deploy", "BUCKET=b"));
    arguments.addAll(List.of(settings));
    return make(arguments.toArray(String[]::new));
  }

  private String make(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(
        "make",
        "SAM=echo sam",
        "P_JWT_ISSUER=https://issuer.example",
        "P_JWT_AUDIENCE=echo",
        "P_LISTENER=arn",
        "P_HOST_NAME=echo.example",
        "P_PUBLIC_URL=https://echo.example/echo/mcp",
        "P_ISSUER=https://issuer.example"));
    command.addAll(List.of(arguments));
    Run run = run(folder, command.toArray(String[]::new));
    assertEquals(0, run.status(), run.output());
    return run.output();
  }

  private record Run(int status, String output) {}

  private static Run run(Path folder, String... command) throws Exception {
    Path output = Files.createTempFile("run", ".txt");
    try {
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
      // The options of a make that runs this build are not meant for this one.
      builder.environment().keySet().removeIf(name -> name.startsWith("MAKE"));
      Process process;
      try {
        process =
            builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
      } catch (IOException e) {
        return new Run(127, "cannot be started: " + e.getMessage());
      }
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "still running");
      return new Run(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    } finally {
      Files.delete(output);
    }
  }
}
