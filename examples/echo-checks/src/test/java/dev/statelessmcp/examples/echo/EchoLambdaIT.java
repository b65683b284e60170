package dev.statelessmcp.examples.echo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.lambda.local.InvocationResult;
import dev.statelessmcp.lambda.local.LambdaProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The deployment package, run by the runtime interface client of AWS. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the runtime interface client is for Linux alone")
class EchoLambdaIT {
  private static final Path ZIP = Path.of("..", "echo", "target", "echo-lambda.zip");
  private static final String LEGACY = LambdaEvents.call("echo", "{\"message\":\"héllo €\"}");
  private static final String MODERN = LEGACY.replace(
      "}}}",
      "},\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
          + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}");

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

  @Test
  void everyHttpEventIsAnsweredInBothEras() {
    for (boolean modern : new boolean[] {false, true}) {
      String body = modern ? MODERN : LEGACY;
      String tool = modern ? "echo" : null;
      for (ObjectNode event : List.of(
          LambdaEvents.rest(body, tool),
          LambdaEvents.httpApi(body, tool),
          LambdaEvents.url(body, tool),
          LambdaEvents.alb(body, tool),
          LambdaEvents.lattice(body, tool))) {
        JsonNode answer = invoke(event);
        assertEquals(200, answer.get("statusCode").intValue(), answer::toString);
        JsonNode message = Json.parse(answer.get("body").textValue());
        assertEquals("Echo: héllo €", message.at("/result/content/0/text").textValue());
        assertEquals(modern, message.at("/result/resultType").isTextual());
      }
    }
  }

  @Test
  void aBareMessageIsAnsweredByABareMessage() {
    for (String message : List.of(LEGACY, MODERN)) {
      JsonNode answer = invoke(Json.parse(message));
      assertEquals("Echo: héllo €", answer.at("/result/content/0/text").textValue());
    }
    assertEquals(
        Json.object(),
        invoke(Json.object().put("jsonrpc", "2.0").put("method", "notifications/initialized")));
  }

  @Test
  void whatIsWrongIsAnsweredAndNotThrown() {
    assertEquals(400, invoke(LambdaEvents.rest("{", null)).get("statusCode").intValue());
    assertEquals(
        405,
        invoke(LambdaEvents.rest("", null).put("httpMethod", "GET"))
            .get("statusCode")
            .intValue());
    assertEquals(
        404,
        invoke(LambdaEvents.rest(LEGACY, null).put("resource", "/other"))
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
    invoke(LambdaEvents.rest(MODERN, "echo"));
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
