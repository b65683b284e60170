package dev.statelessmcp.examples.echo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.lambda.local.InvocationResult;
import dev.statelessmcp.lambda.local.LambdaProcess;
import dev.statelessmcp.lambda.test.LambdaEvent;
import dev.statelessmcp.lambda.test.LambdaTransport;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.test.McpTestClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults in a function, behind the runtime interface client of AWS. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the runtime interface client is for Linux alone")
@Isolated("its function has four seconds")
class LambdaFaultsIT {
  @TempDir
  private static Path temp;

  private static LambdaProcess function;

  @BeforeAll
  static void start() throws Exception {
    function = FaultyFunction.in(temp)
        .timeout(Duration.ofSeconds(4))
        .environment("AWS_LAMBDA_LOG_FORMAT", "JSON")
        .environment("AWS_LAMBDA_LOG_LEVEL", "INFO")
        .start();
  }

  @AfterAll
  static void stop() {
    function.close();
  }

  /** After any fault, the same process serves the next call. */
  @AfterEach
  void theNextCallIsServed() {
    InvocationResult answer = function.invoke(Json.write(event("where", "{}")));
    assertEquals(answer.requestId(), text(answer));
  }

  private static ObjectNode event(String tool, String arguments) {
    return LambdaEvents.url(LambdaEvents.call(tool, arguments));
  }

  private static JsonNode message(InvocationResult answer) {
    assertFalse(answer.isError(), answer::text);
    JsonNode event = Json.parse(answer.text());
    assertEquals(200, event.get("statusCode").intValue(), answer::text);
    return Json.parse(event.get("body").textValue());
  }

  private static String text(InvocationResult answer) {
    return message(answer).at("/result/content/0/text").textValue();
  }

  private static McpTestClient client(LambdaProcess process, LambdaEvent event) {
    return McpTestClient.of(LambdaTransport.of(process, event, "/mcp"));
  }

  /** A function with the package as it is deployed. */
  private static LambdaProcess echo(int memoryMb) throws IOException {
    return LambdaProcess.of(
            Path.of("..", "echo", "target", "echo-lambda.zip"), EchoLambda.class.getName())
        .memoryMb(memoryMb)
        .start();
  }

  @Test
  void aFailureIsLoggedWithTheReferenceThatTheClientSees() {
    InvocationResult answer = function.invoke(Json.write(event("fail", "{}")));
    String said = message(answer).at("/error/message").textValue();
    assertTrue(said.matches("Internal error \\(ref [0-9a-f]{8}\\)"), said);
    String reference = said.replaceAll(".*\\((ref .*)\\)", "$1");
    List<JsonNode> lines = linesOf(answer);
    assertTrue(
        lines.stream()
            .anyMatch(line -> line.path("message").asText().startsWith(reference)
                && line.path("stackTrace").asText().contains("for a test")),
        lines::toString);
  }

  @Test
  void aCallThatOverrunsIsAnsweredAndItsHandlerInterrupted() {
    client(function, LambdaEvent.FUNCTION_URL)
        .call("sleep", Map.of("amount", 60_000))
        .hasStatus(200)
        .hasError(ErrorCode.INTERNAL_ERROR, "Timeout");
  }

  @Test
  void aHandlerThatIgnoresTheInterruptAnswersNothingElse() {
    InvocationResult late = function.invoke(Json.write(event("ignore", "{\"amount\":6000}")));
    assertTrue(message(late).at("/error/message").textValue().contains("Timeout"), late::text);
    assertTrue(
        linesOf(late).stream()
            .anyMatch(line -> line.path("stackTrace").asText().contains("ignoreInterrupts")),
        () -> linesOf(late).toString());
    // The abandoned handler ends during this call, on its own thread
    InvocationResult next = function.invoke(Json.write(event("sleep", "{\"amount\":2500}")));
    assertEquals("slept", text(next));
  }

  @Test
  void aResultThatDoesNotGetThroughSaysSo() {
    McpTestClient url = client(function, LambdaEvent.FUNCTION_URL);
    assertEquals(5_900_000, url.call("big", Map.of("amount", 5_900_000)).text().length());
    url.call("big", Map.of("amount", 7_000_000))
        .hasStatus(200)
        .hasError(ErrorCode.INTERNAL_ERROR, "6291456");
    client(function, LambdaEvent.LOAD_BALANCER)
        .call("big", Map.of("amount", 1_100_000))
        .hasStatus(200)
        .hasError(ErrorCode.INTERNAL_ERROR, "1048576");
    client(function, LambdaEvent.DIRECT)
        .call("big", Map.of("amount", 7_000_000))
        .hasError(ErrorCode.INTERNAL_ERROR, "too large");
  }

  @Test
  void aLargeMessageIsTakenAndOneThatIsTooLargeRefused() throws Exception {
    try (LambdaProcess echo = echo(512)) {
      McpTestClient client = client(echo, LambdaEvent.REST_API);
      String words = "word ".repeat((4 << 20) / 5);
      for (int i = 0; i < 8; i++) { // the heap is not to grow with each
        client.call("echo", Map.of("message", words)).hasStatus(200).hasText("Echo: " + words);
      }
      client.call("echo", Map.of("message", "x".repeat(6 << 20))).hasStatus(413);
    }
  }

  @Test
  void aSmallFunctionRefusesWhatItCannotHold() throws Exception {
    try (LambdaProcess echo = echo(128)) {
      McpTestClient client = client(echo, LambdaEvent.REST_API);
      for (int i = 0; i < 4; i++) {
        client.call("echo", Map.of("message", "x".repeat(5 << 20))).hasStatus(413);
      }
      String small = client.call("echo", Map.of("message", "x".repeat(900_000))).text();
      assertEquals(900_006, small.length());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"exit", "kill"})
  void aProcessThatEndsIsReportedAndNothingElse(String tool) throws Exception {
    try (LambdaProcess other = FaultyFunction.in(temp).start()) {
      InvocationResult answer = other.invoke(Json.write(event(tool, "{\"amount\":3}")));
      assertTrue(answer.isError(), answer::text);
      assertTrue(answer.text().contains("Runtime exited"), answer::text);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nul", "{\"a\":", "\u0000", "[1,", "\"text\"", "12", "null", "[]"})
  void garbageIsAnsweredInJsonRpc(String event) {
    InvocationResult answer = function.invoke(event.getBytes(StandardCharsets.UTF_8));
    assertFalse(answer.isError(), answer::text);
    assertTrue(Json.parse(answer.text()).at("/error/code").isInt(), answer::text);
  }

  @Test
  void unsupportedEventThrows() {
    ObjectNode socket = Json.object();
    socket.putObject("requestContext").put("connectionId", "c").put("routeKey", "$default");
    InvocationResult answer = function.invoke(Json.write(socket));
    assertTrue(answer.isError(), answer::text);
    assertTrue(answer.text().contains("UnsupportedEventException"), answer::text);
    assertTrue(answer.text().contains("WebSocket"), answer::text);
  }

  @Test
  void aPingThatKeepsTheFunctionWarmGetsNothing() {
    ObjectNode ping = Json.object().put("source", "aws.events");
    ping.put("detail-type", "Scheduled Event").putObject("detail");
    assertEquals("{}", function.invoke(Json.write(ping)).text());
  }

  @Test
  void agentCoreGatewayGetsABareResultOrAnException() {
    String context = "{\"custom\":{\"bedrockAgentCoreToolName\":\"target___%s\"}}";
    InvocationResult answer = function.invoke(
        "{\"amount\":3}".getBytes(StandardCharsets.UTF_8), context.formatted("big"));
    assertEquals("xxx", Json.parse(answer.text()).at("/content/0/text").textValue());
    InvocationResult unknown =
        function.invoke("{}".getBytes(StandardCharsets.UTF_8), context.formatted("none"));
    assertTrue(unknown.isError(), unknown::text);
    assertTrue(unknown.text().contains("Unknown tool"), unknown::text);
  }

  @Test
  void everyLineHasTheRequestIdOfItsInvocation() {
    InvocationResult answer = function.invoke(Json.write(event("log", "{}")));
    assertNotEquals("main", text(answer), "it ran on the thread of the runtime");
    List<String> messages =
        linesOf(answer).stream().map(line -> line.path("message").asText()).toList();
    assertTrue(messages.contains("a line of a handler"), messages::toString);
    assertTrue(messages.contains("tools/call log"), messages::toString);
  }

  @Test
  void everyCallHasItsMetricsInTheLogAndItsTraceInTheTool() {
    String[] trace = client(function, LambdaEvent.FUNCTION_URL)
        .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
        .call("trace")
        .text()
        .split(" ", 2);
    assertTrue(trace[0].startsWith("Root=1-"), trace[0]);
    assertEquals("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", trace[1]);
    JsonNode metrics = function
        .stdout()
        .lines()
        .filter(line -> line.contains("CloudWatchMetrics") && line.contains("\"trace\""))
        .map(Json::parse)
        .findFirst()
        .orElseThrow();
    assertEquals(1, metrics.get("Calls").intValue());
    assertEquals(0, metrics.get("Errors").intValue());
    assertEquals("Faulty", metrics.at("/_aws/CloudWatchMetrics/0/Namespace").textValue());
  }

  private static List<JsonNode> linesOf(InvocationResult answer) {
    return function
        .stdout()
        .lines()
        .filter(line -> line.startsWith("{") && line.contains(answer.requestId()))
        .map(Json::parse)
        .filter(line -> line.path("AWSRequestId").asText().equals(answer.requestId()))
        .toList();
  }
}
