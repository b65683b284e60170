package dev.statelessmcp.examples.echo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.lambda.local.InvocationResult;
import dev.statelessmcp.lambda.local.LambdaProcess;
import dev.statelessmcp.lambda.local.ScratchFolder;
import dev.statelessmcp.lambda.typed.McpHttpApiHandler;
import dev.statelessmcp.lambda.typed.McpLoadBalancerHandler;
import dev.statelessmcp.lambda.typed.McpRestApiHandler;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The same server with typed handlers, whose events and answers the runtime client binds. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the runtime interface client is for Linux alone")
class TypedLambdaIT {
  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\","
          + "\"arguments\":{\"message\":\"héllo €\"}}}";

  /** A function as a user writes it. */
  public static final class RestApi extends McpRestApiHandler {
    /** Called by Lambda. */
    public RestApi() {
      super(EchoServer.create());
    }
  }

  /** A function as a user writes it. */
  public static final class HttpApi extends McpHttpApiHandler {
    /** Called by Lambda. */
    public HttpApi() {
      super(EchoServer.create());
    }
  }

  /** A function as a user writes it. */
  public static final class LoadBalancer extends McpLoadBalancerHandler {
    /** Called by Lambda. */
    public LoadBalancer() {
      super(EchoServer.create());
    }
  }

  @TempDir
  private static Path task;

  /** Echo's own package, the functions, and the libraries that only they need. */
  @BeforeAll
  static void deploy() throws Exception {
    ScratchFolder.unzip(Path.of("..", "echo", "target", "echo-lambda.zip"), task);
    for (Class<?> function : new Class<?>[] {RestApi.class, HttpApi.class, LoadBalancer.class}) {
      String file = function.getName().replace('.', '/') + ".class";
      try (InputStream in = function.getClassLoader().getResourceAsStream(file)) {
        Files.copy(in, task.resolve(file));
      }
    }
    // The runtime needs Joda-Time to fill REST events; it comes with aws-lambda-java-events
    for (String used : List.of(
        McpHttpApiHandler.class.getName(),
        APIGatewayV2HTTPEvent.class.getName(),
        "org.joda.time.DateTime")) {
      URI jar = Class.forName(used)
          .getProtectionDomain()
          .getCodeSource()
          .getLocation()
          .toURI();
      Files.copy(Path.of(jar), task.resolve("lib").resolve(used + ".jar"));
    }
  }

  private static ObjectNode event() {
    ObjectNode event = Json.object().put("path", "/echo/mcp").put("httpMethod", "POST");
    ObjectNode headers = event.putObject("headers");
    headers.put("host", "abc.example.com").put("content-type", "application/json");
    headers.put("accept", "application/json, text/event-stream");
    return event.put("body", CALL).put("isBase64Encoded", false);
  }

  /** Sends a call and then a GET. */
  private static JsonNode invoke(Class<?> handler, ObjectNode call, ObjectNode get)
      throws IOException {
    try (LambdaProcess function = LambdaProcess.of(task, handler.getName())
        .environment("MCP_PATH", "/echo/mcp")
        .start()) {
      JsonNode answer = answer(function, call);
      assertEquals(200, answer.get("statusCode").intValue(), answer::toString);
      JsonNode message = Json.parse(answer.get("body").textValue());
      assertEquals("Echo: héllo €", message.at("/result/content/0/text").textValue());
      assertEquals(405, answer(function, get).get("statusCode").intValue());
      return answer;
    }
  }

  private static JsonNode answer(LambdaProcess function, ObjectNode event) {
    InvocationResult answer = function.invoke(Json.write(event));
    assertFalse(answer.isError(), answer::text);
    return Json.parse(answer.text());
  }

  @Test
  void aRestApiIsServed() throws IOException {
    ObjectNode event = event().put("resource", "/echo/mcp");
    event.putObject("requestContext").put("stage", "dev").put("path", "/dev/echo/mcp");
    JsonNode answer =
        invoke(RestApi.class, event, event.deepCopy().put("httpMethod", "GET").putNull("body"));
    assertEquals("application/json", answer.at("/headers/content-type").textValue());
  }

  @Test
  void anHttpApiIsServed() throws IOException {
    ObjectNode event = event().put("version", "2.0").put("rawPath", "/dev/echo/mcp/");
    event.putObject("requestContext").put("stage", "dev").putObject("http").put("method", "POST");
    ObjectNode get = event.deepCopy();
    ((ObjectNode) get.at("/requestContext/http")).put("method", "GET");
    get.remove("body");
    JsonNode answer = invoke(HttpApi.class, event, get);
    assertEquals("application/json", answer.at("/headers/content-type").textValue());
  }

  @Test
  void aLoadBalancerIsServed() throws IOException {
    ObjectNode event = event();
    event.putObject("requestContext").putObject("elb");
    event.putNull("headers").putObject("multiValueHeaders");
    ObjectNode headers = event.withObjectProperty("multiValueHeaders");
    headers.putArray("content-type").add("application/json");
    headers.putArray("host").add("abc.example.com");
    JsonNode answer = invoke(LoadBalancer.class, event, event.deepCopy().put("httpMethod", "GET"));
    assertEquals("200 OK", answer.get("statusDescription").textValue());
    assertEquals(
        "application/json", answer.at("/multiValueHeaders/content-type/0").textValue());
  }
}
