package dev.statelessmcp.examples.echo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.lambda.local.InvocationResult;
import dev.statelessmcp.lambda.local.LambdaProcess;
import dev.statelessmcp.lambda.test.LambdaEvent;
import dev.statelessmcp.lambda.test.LambdaTransport;
import dev.statelessmcp.test.McpTestClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The deployment package, run by the runtime interface client of AWS. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the runtime interface client is for Linux alone")
class EchoLambdaIT {
  private static final Path ZIP = Path.of("..", "echo", "target", "echo-lambda.zip");
  private static final String LEGACY = LambdaEvents.call("echo", "{\"message\":\"héllo €\"}");

  @TempDir
  private static Path temp;

  private static LambdaProcess function;
  private static Path classes;

  @BeforeAll
  static void start() throws Exception {
    classes = temp.resolve("classes.log");
    function = LambdaProcess.of(ZIP, EchoLambda.class.getName())
        .environment("MCP_PATH", "/echo/mcp")
        .jvmFlags("-Xlog:class+load:file=" + classes)
        .start();
  }

  @AfterAll
  static void stop() {
    function.close();
  }

  private static JsonNode invoke(JsonNode event) {
    InvocationResult answer = function.invoke(Json.write(event));
    assertFalse(answer.isError(), answer::text);
    return Json.parse(answer.text());
  }

  private static McpTestClient client(LambdaEvent event) {
    return McpTestClient.of(LambdaTransport.of(function, event, "/echo/mcp"));
  }

  @ParameterizedTest
  @EnumSource(LambdaEvent.class)
  void everyEventIsAnsweredInBothEras(LambdaEvent event) {
    int status = event == LambdaEvent.DIRECT ? -1 : 200; // a bare message has none
    Map<String, String> hello = Map.of("message", "héllo €");
    McpTestClient modern = client(event);
    modern
        .call("echo", hello)
        .hasStatus(status)
        .hasText("Echo: héllo €")
        .has("/resultType", "complete");
    modern
        .legacy()
        .call("echo", hello)
        .hasStatus(status)
        .hasText("Echo: héllo €")
        .has("/resultType", null);
  }

  @Test
  void aBareMessageIsAnsweredByABareMessage() {
    JsonNode answer = invoke(Json.parse(LEGACY));
    assertEquals("Echo: héllo €", answer.at("/result/content/0/text").textValue());
    assertEquals(
        Json.object(),
        invoke(Json.object().put("jsonrpc", "2.0").put("method", "notifications/initialized")));
  }

  @Test
  void errorsAreAnsweredAndNotThrown() {
    assertEquals(400, invoke(LambdaEvents.rest("{")).get("statusCode").intValue());
    assertEquals(
        405,
        invoke(LambdaEvents.rest("").put("httpMethod", "GET")).get("statusCode").intValue());
    assertEquals(
        404,
        invoke(LambdaEvents.rest(LEGACY).put("resource", "/other"))
            .get("statusCode")
            .intValue());
    assertEquals(-32600, invoke(Json.object().put("a", 1)).at("/error/code").intValue());
  }

  @Test
  void recordsOfAQueueAreRefusedLoudly() {
    ObjectNode event = Json.object();
    event.putArray("Records").addObject().put("eventSource", "aws:sqs");
    InvocationResult answer = function.invoke(Json.write(event));
    assertTrue(answer.isError(), answer::text);
    assertTrue(answer.text().contains("serves MCP"), answer::text);
  }

  /** Each of these classes is too expensive for a cold start. */
  @Test
  void noCallNeedsAnObjectMapperAParserOrADecimal() throws Exception {
    client(LambdaEvent.REST_API).call("echo", Map.of("message", "hi")).isOk();
    List<String> loaded = Files.readAllLines(classes);
    assertTrue(loaded.stream().anyMatch(line -> line.contains("EchoLambda ")), "no class log");
    for (String unwanted : List.of(
        " com.fasterxml.jackson.databind.ObjectMapper ",
        " com.fasterxml.jackson.core.JsonFactory ",
        " com.fasterxml.jackson.core.json.UTF8StreamJsonParser ",
        " java.math.BigDecimal ",
        " dev.harrel.jsonschema.Validator ",
        " org.eclipse.jetty.server.Server ",
        " com.nimbusds.",
        " dev.statelessmcp.oauth.")) {
      assertEquals(
          List.of(), loaded.stream().filter(line -> line.contains(unwanted)).toList(), unwanted);
    }
  }
}
