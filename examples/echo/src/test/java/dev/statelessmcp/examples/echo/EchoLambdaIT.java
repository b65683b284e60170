package dev.statelessmcp.examples.echo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.examples.lambdalocal.Invocation;
import dev.statelessmcp.examples.lambdalocal.LambdaProcess;
import dev.statelessmcp.json.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The deployment package, run by the runtime interface client of AWS itself. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the runtime interface client is for Linux alone")
class EchoLambdaIT {
  private static final Path ZIP = Path.of("target", "echo-lambda.zip");
  private static final String LEGACY =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\","
          + "\"arguments\":{\"message\":\"héllo €\"}}}";
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

  private static ObjectNode headers(ObjectNode event, boolean modern) {
    ObjectNode headers = event.putObject("headers");
    headers.put("host", "abc.example.com").put("content-type", "application/json");
    headers.put("accept", "application/json, text/event-stream");
    if (modern) {
      headers.put("mcp-protocol-version", "2026-07-28");
      headers.put("mcp-method", "tools/call").put("mcp-name", "echo");
    }
    return event;
  }

  private static ObjectNode rest(String body, boolean modern) {
    ObjectNode event = headers(Json.object().put("resource", "/echo/mcp"), modern);
    event.put("path", "/echo/mcp").put("httpMethod", "POST");
    event.putObject("requestContext").put("stage", "dev").put("path", "/dev/echo/mcp");
    return event.put("body", body).put("isBase64Encoded", false);
  }

  private static ObjectNode httpApi(String body, boolean modern) {
    ObjectNode event = headers(Json.object().put("version", "2.0"), modern);
    event.put("rawPath", "/dev/echo/mcp/");
    event.putObject("requestContext").put("stage", "dev").putObject("http").put("method", "POST");
    return event.put("body", body).put("isBase64Encoded", false);
  }

  private static ObjectNode url(String body, boolean modern) {
    ObjectNode event = httpApi(body, modern).put("rawPath", "/echo/mcp");
    event.withObjectProperty("requestContext").put("stage", "$default");
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return event
        .put("body", Base64.getEncoder().encodeToString(bytes))
        .put("isBase64Encoded", true);
  }

  private static ObjectNode alb(String body, boolean modern) {
    ObjectNode event = headers(Json.object().put("path", "/echo/mcp"), modern);
    event.put("httpMethod", "POST").putObject("requestContext").putObject("elb");
    return event.put("body", body).put("isBase64Encoded", false);
  }

  private static JsonNode invoke(JsonNode event) {
    Invocation answer = function.invoke(Json.write(event));
    assertFalse(answer.isError(), answer::text);
    return Json.parse(answer.text());
  }

  @Test
  void everyHttpEventIsAnsweredInBothEras() {
    for (boolean modern : new boolean[] {false, true}) {
      String body = modern ? MODERN : LEGACY;
      for (ObjectNode event : List.of(
          rest(body, modern), httpApi(body, modern), url(body, modern), alb(body, modern))) {
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
    assertEquals(400, invoke(rest("{", false)).get("statusCode").intValue());
    assertEquals(
        405, invoke(rest("", false).put("httpMethod", "GET")).get("statusCode").intValue());
    assertEquals(
        404,
        invoke(rest(LEGACY, false).put("resource", "/other")).get("statusCode").intValue());
    assertEquals(-32600, invoke(Json.object().put("a", 1)).at("/error/code").intValue());
  }

  @Test
  void recordsOfAQueueAreRefusedLoudly() {
    ObjectNode event = Json.object();
    event.putArray("Records").addObject().put("eventSource", "aws:sqs");
    Invocation answer = function.invoke(Json.write(event));
    assertTrue(answer.isError(), answer::text);
    assertTrue(answer.text().contains("serves MCP"), answer::text);
  }

  /** Half of a cold start is what an ObjectMapper costs. */
  @Test
  void noCallNeedsAnObjectMapper() throws Exception {
    invoke(rest(MODERN, true));
    List<String> loaded = Files.readAllLines(classes);
    assertTrue(loaded.stream().anyMatch(line -> line.contains("EchoLambda ")), "no class log");
    for (String unwanted : List.of(
        " com.fasterxml.jackson.databind.ObjectMapper ",
        " dev.harrel.jsonschema.Validator ",
        " org.eclipse.jetty.server.Server ")) {
      assertEquals(
          List.of(), loaded.stream().filter(line -> line.contains(unwanted)).toList(), unwanted);
    }
  }
}
