package dev.statelessmcp.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.fixtures.FixtureServer;
import dev.statelessmcp.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The collected events of real senders, where that collection lies beside the project. */
class SharedEventsTest {
  private static final String ECHO = "Echo: ";

  /** What is not answered with the echo: a status, and a part of the body. */
  private static final Map<String, String> OTHERWISE = new TreeMap<>(Map.ofEntries(
      Map.entry("alb-health-check", "200 ok"),
      // The header says 2025-11-25 and the body 2026-07-28
      Map.entry("alb-base64", "400 -32020"),
      Map.entry("http-v2-base64-body", "400 -32020"),
      Map.entry("lattice-v2-iam-base64", "400 -32020"),
      Map.entry("rest-v1-base64-body", "400 -32020"),
      Map.entry("function-url-delete", "405 -32600"),
      Map.entry("http-v2-get-no-body", "405 -32600"),
      Map.entry("rest-v1-get-no-body", "405 -32600"),
      Map.entry("rest-v1-options-preflight", "403 allowedOrigins"),
      Map.entry("rest-v1-malformed-json-body", "400 -32700"),
      Map.entry("rest-v1-batch-body", "400 -32600"),
      Map.entry("rest-v1-notification", "202 "),
      Map.entry("rest-v1-null-everything", "415 Content-Type")));

  private static final Set<String> HTTP = Set.of("rest", "http", "function", "alb", "lattice");

  @TestFactory
  Stream<DynamicTest> areAnsweredRight() throws IOException {
    Path folder = SharedEvents.folder();
    Assumptions.assumeTrue(folder != null, "no collection of events beside the project");
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.sorted().toList();
    }
    TestFunction function =
        new TestFunction(FixtureServer.create(), LambdaSettings.defaults().path("/echo/mcp"));
    return files.stream()
        .filter(file -> HTTP.contains(SharedEvents.name(file).split("-", 2)[0]))
        .map(file -> DynamicTest.dynamicTest(SharedEvents.name(file), () -> {
          JsonNode answer = function.invoke(Files.readString(file));
          String expected = OTHERWISE.getOrDefault(SharedEvents.name(file), "200 " + ECHO);
          assertEquals(
              expected.substring(0, 3), answer.get("statusCode").asText(), answer::toString);
          assertTrue(
              answer.get("body").textValue().contains(expected.substring(4)), answer::toString);
        }));
  }

  @TestFactory
  Stream<DynamicTest> ofDirectInvocationAreAnsweredRight() throws IOException {
    Path folder = SharedEvents.folder();
    Assumptions.assumeTrue(folder != null, "no collection of events beside the project");
    TestFunction function = new TestFunction(FixtureServer.create(), LambdaSettings.defaults());
    Map<String, String> expected = new TreeMap<>(Map.of(
        "direct-request", ECHO + "hello",
        "direct-2026-07-28", "\"resultType\":\"complete\"",
        "direct-batch", "\"id\":4",
        "direct-notification", "{}",
        "direct-not-jsonrpc", "-32600"));
    return expected.entrySet().stream()
        .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
          String event = Files.readString(folder.resolve(entry.getKey() + ".json"));
          String answer = Json.text(function.invoke(event));
          assertTrue(answer.contains(entry.getValue()), answer);
        }));
  }

  @Test
  void ofAgentCoreGatewayAreAnsweredWithTheBareResult() throws IOException {
    Path folder = SharedEvents.folder();
    Assumptions.assumeTrue(folder != null, "no collection of events beside the project");
    JsonNode custom = Json.parse(
            Files.readString(folder.resolve("agentcore-gateway-target.client-context.json")))
        .get("custom");
    TestContext context =
        new TestContext().agentCore(custom.get("bedrockAgentCoreToolName").textValue());
    JsonNode answer = new TestFunction(FixtureServer.create(), LambdaSettings.defaults())
        .invoke(Files.readString(folder.resolve("agentcore-gateway-target.json")), context);
    assertEquals(ECHO + "hello", answer.at("/content/0/text").textValue(), answer::toString);
  }

  @Test
  void thatCarryNoMcpAreAnsweredSoThatTheirSenderKnows() throws IOException {
    Path folder = SharedEvents.folder();
    Assumptions.assumeTrue(folder != null, "no collection of events beside the project");
    TestFunction function = new TestFunction(FixtureServer.create(), LambdaSettings.defaults());
    String warmUp = Files.readString(folder.resolve("warmup-scheduled.json"));
    assertEquals("{}", function.invoke(warmUp).toString());
    for (String name : List.of("sqs-two-records", "websocket")) {
      String event = Files.readString(folder.resolve(name + ".json"));
      assertThrows(UnsupportedEventException.class, () -> function.invoke(event), name);
    }
  }
}
