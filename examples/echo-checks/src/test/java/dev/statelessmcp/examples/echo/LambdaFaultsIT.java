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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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

  private static JsonNode failureOf(ObjectNode event) {
    JsonNode message = message(function.invoke(Json.write(event)));
    assertEquals(1, message.get("id").intValue(), message::toString);
    return message.get("error");
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
    JsonNode error = failureOf(event("sleep", "{\"amount\":60000}"));
    assertTrue(error.get("message").textValue().contains("Timeout"), error::toString);
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
    assertEquals(
        5_900_000,
        text(function.invoke(Json.write(event("big", "{\"amount\":5900000}")))).length());
    JsonNode error = failureOf(event("big", "{\"amount\":7000000}"));
    assertTrue(error.get("message").textValue().contains("6291456"), error::toString);
    String call = LambdaEvents.call("big", "{\"amount\":1100000}");
    assertTrue(failureOf(LambdaEvents.alb(call)).get("message").textValue().contains("1048576"));
    assertTrue(Json.parse(function
            .invoke(
                LambdaEvents.call("big", "{\"amount\":7000000}").getBytes(StandardCharsets.UTF_8))
            .text())
        .at("/error/message")
        .textValue()
        .contains("too large"));
  }

  @Test
  void aLargeMessageIsTakenAndOneThatIsTooLargeRefused() throws Exception {
    try (LambdaProcess echo = LambdaProcess.of(
            Path.of("..", "echo", "target", "echo-lambda.zip"), EchoLambda.class.getName())
        .memoryMb(512)
        .start()) {
      String words = "word ".repeat((4 << 20) / 5);
      String call = LambdaEvents.call("echo", "{\"message\":\"" + words + "\"}");
      for (int i = 0; i < 8; i++) { // the heap is not to grow with each
        assertEquals("Echo: " + words, text(echo.invoke(Json.write(LambdaEvents.rest(call)))));
      }
      String tooLarge = LambdaEvents.call("echo", "{\"message\":\"" + "x".repeat(6 << 20) + "\"}");
      JsonNode answer =
          Json.parse(echo.invoke(Json.write(LambdaEvents.rest(tooLarge))).text());
      assertEquals(413, answer.get("statusCode").intValue());
    }
  }

  @Test
  void aSmallFunctionRefusesWhatItCannotHold() throws Exception {
    try (LambdaProcess echo = LambdaProcess.of(
            Path.of("..", "echo", "target", "echo-lambda.zip"), EchoLambda.class.getName())
        .memoryMb(128)
        .start()) {
      String large = LambdaEvents.call("echo", "{\"message\":\"" + "x".repeat(5 << 20) + "\"}");
      for (int i = 0; i < 4; i++) {
        InvocationResult answer = echo.invoke(Json.write(LambdaEvents.rest(large)));
        assertEquals(413, Json.parse(answer.text()).path("statusCode").intValue(), answer::text);
      }
      String small = LambdaEvents.call("echo", "{\"message\":\"" + "x".repeat(900_000) + "\"}");
      assertEquals(
          900_006, text(echo.invoke(Json.write(LambdaEvents.rest(small)))).length());
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
  void whatMustNotBeAcknowledgedThrows() {
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
    ObjectNode event = event("trace", "{}");
    event
        .withObjectProperty("headers")
        .put("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    String[] trace = text(function.invoke(Json.write(event))).split(" ", 2);
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
